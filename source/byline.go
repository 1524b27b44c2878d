package source

import (
	"regexp"
	"strings"
	"sync"

	"github.com/vatesfeed/vatesfeed"
)

// byline matches names at the beginning of a summary: "Jaana Pakarinen: …" or
// "Jaana Pakarinen ja Matti af Heurlin: …".
var byline = sync.OnceValue(func() *regexp.Regexp {
	const name = `\p{Lu}[\p{L}.’'-]*(?: (?:af|de|van|von))?(?: \p{Lu}[\p{L}.’'-]*){1,3}`
	return regexp.MustCompile(`^(` + name + `(?:(?:,| ja| och| and| &) ` + name + `)*): `)
})

var between = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`, | ja | och | and | & `) })

// leastBylines is how many summaries have to begin with names.
const leastBylines = 3

// findBylines sets the authors of articles whose summaries begin with their names,
// if most summaries of the source do. The summaries stay as they are. Only the
// listings together can tell: a single summary may begin with whom it is about.
func findBylines(listings []vatesfeed.Listing) {
	summaries := 0
	found := make(map[*vatesfeed.Article]string)
	for _, l := range listings {
		for i := range l.Articles {
			a := &l.Articles[i]
			if a.Summary == "" {
				continue
			}
			summaries++
			if colon := strings.IndexByte(a.Summary[:min(len(a.Summary), 150)], ':'); colon > 0 {
				if m := byline().FindStringSubmatch(a.Summary[:min(len(a.Summary), colon+2)]); m != nil {
					found[a] = m[1]
				}
			}
		}
	}
	if len(found) < leastBylines || 2*len(found) <= summaries {
		return
	}
	for a, names := range found {
		if len(a.Authors) == 0 {
			a.Authors = between().Split(names, -1)
		}
	}
}
