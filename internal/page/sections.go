package page

import (
	"slices"
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

// makeSections divides the items by the headings above them: the last one that
// is not in an entry, and not just a year or a month.
func (d *document) makeSections(items []*item) {
	byHeading := make(map[int]*section)
	type placed struct {
		*item
		in *section
	}
	first := make(map[string]placed) // by link
	heading, k := -1, 0
	end := 0 // of the last entry
	for _, it := range items {
		e := it.entry
		for ; k < len(d.headings) && d.headings[k] < e.start; k++ {
			if h := d.headings[k]; h >= end && !isYear(d.nodeText(h)) {
				heading = h
			}
		}
		from := d.nodes[end].from
		end = e.end
		if it.Title == "" && it.Summary == "" && it.err == nil {
			switch {
			case it.all != e.mark.text:
				it.Summary = strings.TrimPrefix(it.all, e.mark.text+"\n\n")
			case it.Link != "" && it.all != "":
				it.Title = e.mark.text
			default:
				continue
			}
		}
		s := byHeading[heading]
		if s == nil {
			s = d.newSection(heading, from, it)
			byHeading[heading] = s
			d.sections = append(d.sections, s)
		}
		s.items = append(s.items, it)
		if other, ok := first[it.Link]; !ok {
			first[it.Link] = placed{it, s}
		} else if other.in != s && it.differ(other.item) {
			it.Link = "" // else Merge would take the two for one
		}
	}
}

// newSection reads what stands above an item, from a place in the text on.
func (d *document) newSection(heading, from int, it *item) *section {
	if it.entry.whole {
		return &section{heading: it.Title}
	}
	h1 := d.h1
	for _, h := range d.headings {
		if h1 < 0 && !isYear(d.nodeText(h)) {
			h1 = h
		}
	}
	s := &section{}
	if 0 <= h1 && h1 < it.entry.start {
		s.heading = d.nodeText(h1)
		from = max(from, d.nodes[h1].to)
	} else {
		s.heading, _ = d.head.parts()
	}
	rows := slices.DeleteFunc(slices.Clone(d.rowsIn(from, d.nodes[it.entry.start].from)), func(w *row) bool {
		n := &d.nodes[w.node]
		return w.rank == inHeading || w.links || n.aside > mainMatter || d.inside(w.node, atom.Th)
	})
	intro := d.paragraphs(rows)
	s.section = s.heading
	switch {
	case heading >= 0 && d.nodeText(heading) != s.heading:
		s.section = d.nodeText(heading)
	case len(intro) > 0 && text.IsName(intro[0]):
		s.section, intro = intro[0], intro[1:]
	}
	s.intro = strings.Join(intro, "\n\n")
	return s
}

// isYear reports whether a heading says nothing but a year or a month.
func isYear(heading string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(heading)) {
		w = strings.Trim(w, ":.,()")
		n, err := strconv.Atoi(w)
		if (err != nil || n < 1800 || n > 2200) && monthNamed(w) == 0 && w != "vuosi" && w != "arkisto" {
			return false
		}
	}
	return true
}
