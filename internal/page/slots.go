package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// A slot is a place in the markup of entries at which several of them say
// something.
type slot struct {
	order   int            // of its first row in the first entry that has it
	entries int            // how many have it
	last    int            // the last of them
	texts   map[string]int // short texts, and how often they are there
	counts  map[string]int // the same of counters such as "12 kommenttia", without the number
	long    int            // how many texts are not short
	size    int            // bytes in all
	targets map[string]int // of its links
}

type slotKey struct {
	path           int
	class          string
	nth            int
	linked, strong bool
	beside         bool
}

// A reader reads the entries of a listing, and goes by what they have in common.
type reader struct {
	d               *document
	links           linker
	slots           map[slotKey]*slot
	rows            [][]*row // by entry
	title           *slot
	headings, cards int // entries that have a heading, and of which a link has several rows
}

const shortText = 60 // bytes

// read reads the entries of a group.
func (d *document) read(entries []*entry, links linker) []*item {
	r := &reader{d: d, links: links, slots: make(map[slotKey]*slot)}
	for i, e := range entries {
		rows := d.rowsOf(e)
		r.rows = append(r.rows, rows)
		nth := make(map[slotKey]int)
		for k, w := range rows {
			r.count(i, k, w, nth)
		}
	}
	r.findTitle()
	items := make([]*item, len(entries))
	for i, e := range entries {
		items[i] = r.item(i, e)
	}
	return items
}

// count counts a row of an entry. The rows before it are counted in nth.
func (r *reader) count(entry, order int, w *row, nth map[slotKey]int) {
	n := r.d.nodes[w.node]
	key := slotKey{path: n.path, class: withoutDigits(attr(n.Node, "class")), linked: w.link >= 0, strong: w.strong, beside: w.beside}
	nth[key]++
	key.nth = min(nth[key], 4)
	s := r.slots[key]
	if s == nil {
		s = &slot{order: order, last: -1, texts: make(map[string]int), counts: make(map[string]int), targets: make(map[string]int)}
		r.slots[key] = s
	}
	w.slot = s
	if s.last != entry {
		s.entries++
		s.last = entry
	}
	s.size += len(w.text)
	if len(w.text) <= shortText {
		s.texts[w.text]++
		if c := counter(w.text); c != "" {
			s.counts[c]++
		}
	} else {
		s.long++
	}
	if w.link >= 0 {
		s.targets[r.links.of(r.d.nodes[w.link].Node)]++
	}
}

// distinct returns how many different texts a slot has.
func (s *slot) distinct() int { return len(s.texts) + s.long }

// same reports whether many entries, and not just two, say the same in a slot
// as a row does.
func (s *slot) same(w *row) bool {
	n := s.texts[w.text]
	if c := counter(w.text); c != "" {
		n = max(n, s.counts[c])
	}
	return n > 2 && 5*n >= 2*s.entries
}

// hasFew reports whether entries share a few short texts in a slot.
func (s *slot) hasFew() bool {
	return s.entries > 2 && 10*s.long <= s.entries && s.size < 30*s.entries && s.distinct() > 1 && 5*s.distinct() <= 4*s.entries
}

// counter returns a few words without the number before or after them, or "".
func counter(s string) string {
	words := strings.Trim(s, "0123456789 ()")
	if words == s || strings.ContainsAny(words, "0123456789.!?") || strings.Count(words, " ") > 3 {
		return ""
	}
	return words
}

// findTitle finds the slot of the entries' titles: that of most headings, or of
// most links that lead to different places, or of what is stressed.
func (r *reader) findTitle() {
	n := len(r.rows)
	better := func(a, b *slot) bool {
		if a == nil || b == nil {
			return b == nil
		}
		if a.entries != b.entries {
			return a.entries > b.entries
		}
		if (len(a.targets) > 0) != (len(b.targets) > 0) {
			return len(a.targets) > 0
		}
		return a.order < b.order
	}
	for _, rows := range r.rows {
		some, card := false, false
		for _, w := range rows {
			card = card || w.card >= 0
			if w.heading >= 0 {
				some = true
				if w.heading != r.d.h1 && (2*w.slot.distinct() > w.slot.entries || n < 3) && better(w.slot, r.title) {
					r.title = w.slot
				}
			}
		}
		if some {
			r.headings++
		}
		if card {
			r.cards++
		}
	}
	if 3*r.headings >= n && r.title != nil {
		return
	}
	r.title = nil
	if 2*r.cards > n {
		r.findCardTitle()
		return
	}
	for i := range r.rows {
		for _, w := range r.rows[i] {
			s := w.slot
			if w.link < 0 || r.isLabel(w) || r.isMore(w, nil) || utf8.RuneCountInString(w.text) > maxTitle || n > 2 && 2*min(s.distinct(), len(s.targets)) <= s.entries {
				continue
			}
			if r.title == nil || s.entries > r.title.entries || s.entries == r.title.entries && s.size > r.title.size {
				r.title = s
			}
		}
	}
	if r.title != nil && 3*r.title.entries >= n {
		return
	}
	r.title = nil
	for i := range r.rows {
		for _, w := range r.rows[i] {
			if w.strong && len(r.rows[i]) > 1 && utf8.RuneCountInString(w.text) <= maxTitle && better(w.slot, r.title) {
				r.title = w.slot
			}
		}
	}
	if r.title == nil && n > 1 {
		r.findColumn()
	}
}

// A title is not longer than maxTitle characters unless it is a heading.
const maxTitle = 200

// findCardTitle finds the title of entries that are links as a whole and have
// no heading: what they say first that is different in each, and is followed by
// something longer, or by nothing.
func (r *reader) findCardTitle() {
	var slots []*slot
	for i := range r.rows {
		for _, w := range r.rows[i] {
			s := w.slot
			if w.card >= 0 && 2*s.entries > len(r.rows) && 2*s.distinct() > s.entries && !slices.Contains(slots, s) && len(slots) < 8 {
				slots = append(slots, s)
			}
		}
	}
	slices.SortStableFunc(slots, func(a, b *slot) int { return a.order - b.order })
	for i, s := range slots {
		if s.size/s.entries > maxTitle {
			continue
		}
		if i+1 == len(slots) || slices.ContainsFunc(slots[i+1:], func(t *slot) bool { return t.size > s.size }) || i == 0 {
			r.title = s
			return
		}
	}
}

// findColumn finds the title of rows of a table that have neither links nor
// headings: a column that is shorter than the one after it.
func (r *reader) findColumn() {
	var columns []*slot
	for i := range r.rows {
		for _, w := range r.rows[i] {
			if s := w.slot; r.d.nodes[w.node].DataAtom == atom.Td && 2*s.entries > len(r.rows) && 2*s.distinct() > s.entries && !slices.Contains(columns, s) && len(columns) < 8 {
				columns = append(columns, s)
			}
		}
	}
	if len(columns) > 1 && columns[0].size < columns[1].size {
		r.title = columns[0]
	}
}
