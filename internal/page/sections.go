package page

import (
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html/atom"
)

// A section is what stands above some entries, and the entries.
type section struct {
	heading, section, intro string
	items                   []*item
}

// findHeadings finds the heading above each entry: the last one that is not in
// an entry, and not just a year or a month.
func (d *document) findHeadings(entries []*entry) {
	heading, k, end := -1, 0, 0
	for _, e := range entries {
		for ; k < len(d.headings) && d.headings[k] < e.start; k++ {
			if h := d.headings[k]; h >= end && !isYear(d.says(h)) {
				heading = h
			}
		}
		e.heading, end = heading, e.end
	}
}

// makeSections divides the items by the headings above them.
func (d *document) makeSections(items []*item) {
	byHeading := make(map[int]*section)
	end := 0 // of the text of the last entry
	for _, it := range items {
		from := end
		end = it.entry.to
		if it.Title == "" && it.Summary == "" && it.err == nil {
			if it.all == it.entry.mark.text {
				continue
			}
			it.Summary = strings.TrimPrefix(it.all, it.entry.mark.text+"\n\n")
		}
		s := byHeading[it.entry.heading]
		if s == nil {
			s = d.newSection(it, from)
			byHeading[it.entry.heading] = s
			d.sections = append(d.sections, s)
		}
		s.items = append(s.items, it)
	}
}

// newSection reads what stands above an item, from a place in the text on.
func (d *document) newSection(it *item, from int) *section {
	if it.entry.whole {
		return &section{heading: it.Title}
	}
	h1, heading := d.h1, it.entry.heading
	for _, h := range d.headings {
		if h1 < 0 && !isYear(d.says(h)) {
			h1 = h
		}
	}
	s := &section{}
	if 0 <= h1 && h1 < it.entry.start {
		s.heading = d.says(h1)
		from = max(from, d.nodes[h1].to)
	} else {
		s.heading, _ = d.head.parts()
	}
	var rows []*row
	for _, w := range d.rowsOf(from, it.entry.from, nil) {
		if w.heading < 0 && !w.links && d.nodes[w.node].aside == mainMatter && !d.inside(w.node, atom.Th, atom.Thead) {
			rows = append(rows, w)
		}
	}
	intro := d.paragraphs(rows)
	s.section = s.heading
	switch {
	case heading >= 0 && heading != h1 && d.says(heading) != s.heading:
		s.section = d.says(heading)
	case len(intro) > 0 && text.IsName(intro[0]):
		s.section, intro = intro[0], intro[1:]
	}
	s.intro = strings.Join(intro, "\n\n")
	return s
}

// isYear reports whether a heading says nothing but a year or a month.
func isYear(heading string) bool {
	for w := range strings.FieldsSeq(heading) {
		w = strings.Trim(w, ":.,()")
		if n, err := strconv.Atoi(w); (err != nil || n < 1800 || n > 2200) && monthNamed(w) == 0 && !strings.EqualFold(w, "vuosi") && !strings.EqualFold(w, "arkisto") {
			return false
		}
	}
	return true
}

// dropSharedLinks removes links that lead from several entries to the same
// place: these are not the articles' own, and would make them one. The first
// title that leads there keeps its link.
func dropSharedLinks(items []*item) {
	first := make(map[string]*item)
	shared := make(map[string]bool)
	for _, it := range items {
		other := first[it.Link]
		if other != nil && (other.Date != it.Date || other.Title != it.Title) {
			shared[it.Link] = true
		}
		if other == nil || it.linked && !other.linked {
			first[it.Link] = it
		}
	}
	for _, it := range items {
		if shared[it.Link] && !(it.linked && first[it.Link] == it) {
			it.Link = ""
		}
	}
}
