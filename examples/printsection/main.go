// Printsection prints the articles of one section, newest first:
//
//	go run ./examples/printsection Alueyhteistyö testdata/alueyhteistyo-2024-01.txt
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/vatesfeed/vatesfeed"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: printsection SECTION FILE")
	}
	section, name := os.Args[1], os.Args[2]
	file, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	listings, err := vatesfeed.Parse(name, file)
	if err != nil {
		log.Fatal(err)
	}
	articles := vatesfeed.Merge(listings...)
	sections, err := vatesfeed.FindSections(articles, []string{section})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range vatesfeed.Select(articles, vatesfeed.Selection{Sections: sections}) {
		fmt.Printf("%s  %s\n", a.Date, a.Headline())
	}
}
