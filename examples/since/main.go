// Since prints what is new since a day, an article at a time, so that its input
// can be of any size:
//
//	go run ./examples/since 2024-01-25 < testdata/aluepaattajille-2024-01.txt
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/vatesfeed/vatesfeed"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: since DATE < LISTING")
	}
	since, err := vatesfeed.ParseDate(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	status := 0
	for article, err := range vatesfeed.Articles("standard input", os.Stdin) {
		switch {
		case err != nil:
			log.Print(err) // the other articles are not affected
			status = 1
		case article.Date.Compare(since) >= 0:
			fmt.Printf("%s  %s\n", article.Date, article.Headline())
		}
	}
	os.Exit(status)
}
