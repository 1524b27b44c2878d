// Writefeed makes articles of its own and writes them as a feed: the way for a
// program that has its articles from somewhere else.
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
				Summary:  "Kanta-Hämeessä luotsataan aluetta kohti uutta mallia. Työ vaatii visiota.",
				Sections: []string{"Alueyhteistyö"},
			},
			{
				Date:     vatesfeed.Date{Year: 2024, Month: 1, Day: 29},
				Title:    "Tavoitteena yhdistää resurssit kilpailun sijaan",
				Summary:  "Vaasan seudulla päätettiin keskittyä ekosysteemiin.",
				Sections: []string{"Alueyhteistyö"},
			},
		},
	}
	feed := vatesfeed.Feed{
		Articles: vatesfeed.Merge(listing), // newest first, nothing twice
		Sections: []string{"Alueyhteistyö"},
		SelfURL:  "https://feeds.example.org/alueyhteistyo.atom",
	}
	if err := feed.Write(os.Stdout, vatesfeed.Atom); err != nil {
		log.Fatal(err)
	}
}
