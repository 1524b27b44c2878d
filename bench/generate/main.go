// Generate writes a listing of any length, made from the two real ones:
//
//	go run ./bench/generate 100000 > big.txt
//
// The articles are the real ones over and over, each summary with a number of
// its own at the end, so that no two are the same article. The same length
// gives the same bytes.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/samples"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate N > LISTING")
	}
	n, err := strconv.Atoi(os.Args[1])
	if err != nil || n < 1 {
		log.Fatalf("%q is not a number of articles", os.Args[1])
	}
	out := bufio.NewWriter(os.Stdout)
	write(out, n, vatesfeed.Merge(samples.Listings()...))
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// write writes a listing of n articles. At 30 a day 100,000 go back nine years,
// as the real listing does, and a million ninety; only what would end before
// the year 1 has more a day.
func write(w io.Writer, n int, articles []vatesfeed.Article) {
	const daysSinceYear1 = 2023 * 365
	perDay := max(30, n/daysSinceYear1+1)
	io.WriteString(w, "Siirry pääsisältöön\n\nArtikkelit\n\nAluepäättäjille\n\n")
	for i := range n {
		a := articles[i%len(articles)]
		date := time.Date(2024, time.January, 29-i/perDay, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(w, "%s\n\n%s Numero %d.\n\n", date.Format("02.01.2006"), a.Summary, i+1)
		if a.Title != "" {
			fmt.Fprintf(w, "%s\n", a.Title)
		}
		io.WriteString(w, "\n")
	}
}
