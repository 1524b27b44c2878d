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
			if h := d.headings[k]; h >= end && !d.isYear(h) && d.size(h) > 0 {
				heading = h
			}
		}
		e.heading, end = heading, e.end
	}
}

// makeSections divides the items by the headings above them.
func (d *document) makeSections(items []*item) {
	byHeading := make(map[int]*section)
	end := 0
	for _, it := range items {
		if it.Title == "" && it.Summary == "" && it.err == nil {
			if end = it.entry.end; it.all == it.entry.mark.text {
				continue
			}
			it.Summary = strings.TrimPrefix(it.all, it.entry.mark.text+"\n\n")
		}
		s := byHeading[it.entry.heading]
		switch {
		case s != nil:
		case it.whole:
			s = &section{heading: it.Title}
		default:
			s = d.newSection(it.entry.heading, end, it.entry.start)
		}
		if byHeading[it.entry.heading] == nil {
			byHeading[it.entry.heading] = s
			d.sections = append(d.sections, s)
		}
		s.items = append(s.items, it)
		end = it.entry.end
	}
}

// newSection reads what stands above entries that begin at a node, since another.
func (d *document) newSection(heading, from, start int) *section {
	h1 := d.h1
	for _, h := range d.headings {
		if h1 < 0 && !d.isYear(h) {
			h1 = h
		}
	}
	s := &section{}
	if 0 <= h1 && h1 < start {
		s.heading = d.nodeText(h1)
		from = max(from, d.nodes[h1].end)
	} else {
		s.heading, _ = d.top.parts()
	}
	var rows []*row
	if from < start {
		for _, w := range d.rowsOf(&entry{start: from, end: start}) {
			if n := &d.nodes[w.node]; w.heading < 0 && !w.links && !n.outside && !n.beside && !d.inside(w.node, atom.Th, atom.Thead) {
				rows = append(rows, w)
			}
		}
	}
	intro := paragraphs(rows)
	s.section = s.heading
	switch {
	case heading >= 0 && heading != h1 && d.nodeText(heading) != s.heading:
		s.section = d.nodeText(heading)
	case len(intro) > 0 && text.IsName(intro[0]):
		s.section, intro = intro[0], intro[1:]
	}
	s.intro = strings.Join(intro, "\n\n")
	return s
}

// isYear reports whether a heading is just a year or a month.
func (d *document) isYear(i int) bool {
	year := false
	if d.size(i) > 40 {
		return false
	}
	for w := range strings.FieldsSeq(d.nodeText(i)) {
		w = strings.Trim(w, ":.,()")
		if n, err := strconv.Atoi(w); err == nil && 1800 <= n && n < 2200 || monthNamed(w) != 0 {
			year = true
		} else if !strings.EqualFold(w, "vuosi") && !strings.EqualFold(w, "arkisto") {
			return false
		}
	}
	return year
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
