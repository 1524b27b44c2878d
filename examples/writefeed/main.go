// Writefeed writes a feed of articles that it has from elsewhere, and says whose
// feed it is:
//
//	go run ./examples/writefeed > feed.atom
package main

import (
	"log"
	"os"

	"github.com/vatesfeed/vatesfeed"
)

func main() {
	listing := vatesfeed.Listing{
		Articles: []vatesfeed.Article{
			{
				Date:     vatesfeed.Date{Year: 2024, Month: 1, Day: 26},
				Title:    "The library opens on Sundays",
				Summary:  "From February on, the main library is open on Sundays from 11 to 16.",
				Sections: []string{"Services"},
				Link:     "https://www.example.org/news/library",
			},
			{
				Date:     vatesfeed.Date{Year: 2024, Month: 1, Day: 29},
				Summary:  "The budget for 2025 passed. Taxes stay as they are.",
				Sections: []string{"Council", "Services"},
				Link:     "https://www.example.org/news/budget",
			},
		},
	}
	feed := vatesfeed.Feed{
		Articles:    vatesfeed.Merge(listing), // newest first, nothing twice
		Title:       "News of Example Town",
		Description: "What the town council decides, and what changes.",
		Author:      "Example Town",
		Language:    "en",
		PageURL:     "https://www.example.org/news",
		SelfURL:     "https://www.example.org/news.atom",
	}
	if err := feed.Write(os.Stdout, vatesfeed.Atom); err != nil {
		log.Fatal(err)
	}
}
