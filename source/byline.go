package source

import (
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/byline"
)

// leastBylines is how many summaries have to begin with names.
const leastBylines = 3

// findBylines sets the authors of articles whose summaries begin with their names,
// if most summaries of the source do. The summaries stay as they are. Only the
// listings together can tell: a single summary may begin with whom it is about.
func findBylines(listings []vatesfeed.Listing) {
	summaries := 0
	found := make(map[*vatesfeed.Article][]string)
	for _, l := range listings {
		for i := range l.Articles {
			if a := &l.Articles[i]; a.Summary != "" {
				summaries++
				if names := byline.Leading(a.Summary); names != nil {
					found[a] = names
				}
			}
		}
	}
	if len(found) < leastBylines || 2*len(found) <= summaries {
		return
	}
	for a, names := range found {
		if len(a.Authors) == 0 {
			a.Authors = names
		}
	}
}
