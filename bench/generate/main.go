// Generate writes a listing of any length, made from the two real ones:
//
//	go run ./bench/generate 100000 > big.txt
//
// The articles are the real ones over and over, each summary with a number of
// its own at the end, so that no two are the same article. The same length
// gives the same bytes.
package main

import (
	"fmt"
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
	if _, err := generate(n).WriteTo(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// generate returns a listing of n articles. At 30 a day 100,000 go back nine
// years, as the real listing does, and a million ninety. There are more a day
// only if they would go back beyond the year 1.
func generate(n int) *vatesfeed.Listing {
	const daysSinceYear1 = 2023 * 365
	perDay := max(30, n/daysSinceYear1+1)
	some := vatesfeed.Merge(samples.Listings()...)
	listing := &vatesfeed.Listing{Heading: "Artikkelit", Section: "Aluepäättäjille"}
	for i := range n {
		a := some[i%len(some)]
		a.Date = vatesfeed.DateOf(time.Date(2024, time.January, 29-i/perDay, 12, 0, 0, 0, time.UTC))
		a.Summary = fmt.Sprintf("%s Numero %d.", a.Summary, i+1)
		listing.Articles = append(listing.Articles, a)
	}
	return listing
}
