// Baseline is what vatesfeed is measured against: the program that a Go
// developer would write in an afternoon to make a feed of a listing.
//
//	go run ./bench/baseline -format rss testdata/aluepaattajille-2024-01.txt
//
// See bench/run.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const pageURL = "https://www.vates.fi/vates/artikkelit"

var dateLine = regexp.MustCompile(`(?m)^(\d{1,2}\.\d{1,2}\.\d{4})[ \t\r]*$`)

func main() {
	log.SetFlags(0)
	format := flag.String("format", "rss", "rss, atom or json")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: baseline [-format FORMAT] FILE")
	}
	if err := run(flag.Arg(0), *format); err != nil {
		log.Fatal(err)
	}
}

func run(name, format string) error {
	listing, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	feed, err := parse(string(listing))
	if err != nil {
		return err
	}
	switch format {
	case "rss":
		return feed.WriteRss(os.Stdout)
	case "atom":
		return feed.WriteAtom(os.Stdout)
	case "json":
		return feed.WriteJSON(os.Stdout)
	}
	return fmt.Errorf("no format %q", format)
}

// parse makes a feed of a listing.
func parse(listing string) (*feeds.Feed, error) {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		return nil, err
	}
	feed := &feeds.Feed{
		Title:       "Vates",
		Link:        &feeds.Link{Href: pageURL},
		Description: "Vates-säätiön artikkelit.",
	}
	dates := dateLine.FindAllStringSubmatchIndex(listing, -1)
	for i, at := range dates {
		end := len(listing)
		if i+1 < len(dates) {
			end = dates[i+1][0]
		}
		date, err := time.ParseInLocation("2.1.2006", listing[at[2]:at[3]], zone)
		if err != nil {
			return nil, err
		}
		title, summary := split(listing[at[1]:end])
		id := fmt.Sprintf("%s-%d", date.Format(time.DateOnly), i)
		feed.Add(&feeds.Item{
			Title:       title,
			Link:        &feeds.Link{Href: pageURL + "#" + id},
			Description: summary,
			Id:          id,
			Created:     date,
		})
	}
	if len(feed.Items) == 0 {
		return nil, errors.New("no articles")
	}
	feed.Created = feed.Items[0].Created
	return feed, nil
}

// split tells the title from the summary: it is the last of several
// paragraphs, or else the start of the summary.
func split(entry string) (title, summary string) {
	entry = strings.TrimSpace(entry)
	if i := strings.LastIndex(entry, "\n\n"); i >= 0 {
		return strings.TrimSpace(entry[i:]), strings.TrimSpace(entry[:i])
	}
	if start := []rune(entry); len(start) > 80 {
		return string(start[:80]) + "…", entry
	}
	return entry, entry
}

// It leaves out sections, inputs of several pages, merging, the newest first,
// IDs that last when an article is added above, titles that end at a sentence
// or a word, dates that are on no calendar, hard-wrapped lines, encodings,
// white space, Unicode forms, control characters, HTML pages, feeds, addresses,
// text shown as text, self links and languages, and files replaced whole.
