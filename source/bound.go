package source

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/schema"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// MaxSections is how many sections an article of one source may have, and
// MaxSectionName is how many characters a section's name may have. Without these
// limits a small source could cause very many feeds, since each section becomes
// one.
const (
	MaxSections    = 32
	MaxSectionName = 200
)

// MaxAuthors is how many authors an article of a feed may have.
const MaxAuthors = schema.MaxAuthors

// MaxArticles is how many articles the response of a URL may have. Each takes
// about 1.7 KB of memory until it is published, however short it is.
const MaxArticles = 100_000

func countArticles(listings []vatesfeed.Listing) (n int) {
	for _, l := range listings {
		n += len(l.Articles)
	}
	return n
}

// maxParts is how many elements, texts and attributes a page, or the texts of a feed,
// may have; see htmltext.Parts. Each takes
// about 570 bytes of memory until the page is read, however short it is.
const maxParts = 500_000

// finish redacts the GUIDs of listings, finds bylines, and limits the sections.
func finish(name string, listings []vatesfeed.Listing) []vatesfeed.Listing {
	for _, l := range listings {
		for i := range l.Articles {
			l.Articles[i].GUID = weburl.Redact(l.Articles[i].GUID)
		}
	}
	findBylines(listings)
	return bound(name, listings)
}

// bound removes sections from articles that have too many, and sections whose
// names are too long. Each article with removed sections is a problem of its
// listing.
func bound(name string, listings []vatesfeed.Listing) []vatesfeed.Listing {
	names, long := make(map[string]bool), false
	for _, l := range listings {
		for _, a := range l.Articles {
			for _, s := range a.Sections {
				if !names[s] {
					names[s] = true
					long = long || utf8.RuneCountInString(s) > MaxSectionName
				}
			}
		}
	}
	if len(names) <= MaxSections && !long {
		return listings
	}
	sections := make(map[string][]string) // of an article in all listings, by its ID
	for i := range listings {
		l := &listings[i]
		for j := range l.Articles {
			a := &l.Articles[j]
			id := a.ID()
			var kept []string
			for _, s := range a.Sections {
				isNew := !slices.Contains(sections[id], s)
				if utf8.RuneCountInString(s) > MaxSectionName || isNew && len(sections[id]) == MaxSections {
					continue
				}
				kept = append(kept, s)
				if isNew {
					sections[id] = append(sections[id], s)
				}
			}
			if n := len(a.Sections) - len(kept); n > 0 {
				l.Problems = append(l.Problems, &vatesfeed.ParseError{Name: name, Err: fmt.Errorf("%d sections of the article of %s are left out, since the list of them, or a name, is %w: at most %d, of %d characters", n, a.Date, vatesfeed.ErrTooLong, MaxSections, MaxSectionName)})
				a.Sections = kept
			}
		}
	}
	return listings
}
