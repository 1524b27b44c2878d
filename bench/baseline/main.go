// Baseline is what vatesfeed is measured against: the program that a Go
// developer would write in an afternoon to make a feed of a listing.
//
//	go run ./bench/baseline -format rss testdata/aluepaattajille-2024-01.txt
//
// It reads the listing line by line, matches each line with a regular
// expression, and gives the items to gorilla/feeds. It does not find sections,
// merge, sort, check characters, or make IDs that outlive a new article above.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const pageURL = "https://www.vates.fi/vates/artikkelit"

var dateLine = regexp.MustCompile(`^\d{1,2}\.\d{1,2}\.\d{4}$`)

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
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	feed, err := parse(file)
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
func parse(r io.Reader) (*feeds.Feed, error) {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		return nil, err
	}
	feed := &feeds.Feed{
		Title:       "Vates",
		Link:        &feeds.Link{Href: pageURL},
		Description: "Vates-säätiön artikkelit.",
	}
	var date time.Time
	var paragraphs []string // under the date
	endEntry := func() {
		if !date.IsZero() {
			feed.Add(newItem(len(feed.Items), date, paragraphs))
		}
		paragraphs = paragraphs[:0]
	}
	blank := true
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case dateLine.MatchString(line):
			endEntry()
			if date, err = time.ParseInLocation("2.1.2006", line, zone); err != nil {
				return nil, err
			}
		case line == "":
		case blank || len(paragraphs) == 0:
			paragraphs = append(paragraphs, line)
		default:
			paragraphs[len(paragraphs)-1] += "\n" + line
		}
		blank = line == ""
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	endEntry()
	if len(feed.Items) == 0 {
		return nil, errors.New("no articles")
	}
	feed.Created = feed.Items[0].Created
	return feed, nil
}

// newItem makes an item of the paragraphs under a date. The last of several is
// the title. Without one the start of the summary is.
func newItem(n int, date time.Time, paragraphs []string) *feeds.Item {
	var title, summary string
	if last := len(paragraphs) - 1; last > 0 {
		title, summary = paragraphs[last], strings.Join(paragraphs[:last], "\n\n")
	} else {
		summary = strings.Join(paragraphs, "")
		title = summary
		if start := []rune(summary); len(start) > 80 {
			title = string(start[:80]) + "…"
		}
	}
	id := fmt.Sprintf("%s-%d", date.Format(time.DateOnly), n)
	return &feeds.Item{
		Title:       title,
		Link:        &feeds.Link{Href: pageURL + "#" + id},
		Description: summary,
		Id:          id,
		Created:     date,
	}
}
