// Since prints what is new since a day, an article at a time, so that its input
// can be of any size:
//
//	go run ./examples/since 2024-01-25 < testdata/aluepaattajille-2024-01.txt
package main

import (
	"errors"
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
	for article, err := range vatesfeed.Articles("standard input", os.Stdin) {
		var problem *vatesfeed.Problem
		switch {
		case errors.As(err, &problem):
			log.Print(problem) // and go on with the next article
		case err != nil:
			log.Fatal(err)
		case !article.Date.Before(since):
			fmt.Printf("%s  %s\n", article.Date.Format("2.1.2006"), article.Headline())
		}
	}
}
