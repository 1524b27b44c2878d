package page

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
)

// A slot is a place in the markup of entries. What the entries say there tells
// what it is: titles differ, labels are few, and what is always the same is of
// no use.
type slot struct {
	rank    rank
	level   string // of headings: their tag
	column  int    // of a table
	rows    []*row
	entries int            // how many have it
	last    int            // the last of them
	texts   map[string]int // short ones, with the date if it is a part of them, and how often they are there
	words   map[string]int // these without the dates
	long    int            // how many texts are not short
	size    int            // bytes in all
	targets map[string]int // of its links
	lists   int            // how many of these lead to lists, by their addresses
}

type slotKey struct {
	path   uint64
	class  string
	column int
	nth    int
}

// A reader reads the entries of a listing, and goes by what they have in common.
type reader struct {
	*document
	slots   map[slotKey]*slot
	order   []*slot
	entries int
	headed  int // entries with a heading
	title   *slot
}

// A short text is at most this many bytes.
const shortText = 60

// read reads the entries of a listing, or the article if the page is that of one.
func (d *document) read(entries []*entry) []*item {
	if len(entries) == 1 {
		d.widen(entries[0])
	}
	r := &reader{document: d, slots: make(map[slotKey]*slot)}
	type says struct {
		date vatesfeed.Date
		text string
	}
	known := make(map[says]bool)
	for _, e := range entries {
		k := says{date: e.mark.date}
		if n := len(e.rows); n > 0 {
			k.text = r.text[e.rows[0].from:e.rows[n-1].to]
		}
		r.count(e, known[k])
		known[k] = true
	}
	if len(entries) == 1 && d.isOfPage(entries[0].mark, r.headed > 0) {
		entries[0].mark.use = "left out: in a notice"
		return nil
	}
	for _, dated := range []bool{false, true} {
		for _, s := range r.order {
			if (r.title == nil || !dated && r.isBetter(s, r.title)) && r.canBeTitle(s, dated) {
				r.title = s
			}
		}
	}
	var items []*item
	for _, e := range entries {
		items = append(items, r.item(e))
	}
	dropSharedLinks(items)
	return items
}

// isBetter reports whether a slot is more likely that of titles than another one: by
// its markup, unless the other one outweighs it.
func (r *reader) isBetter(s, t *slot) bool {
	leadsToLists := func(s *slot) bool { return 2*s.lists > len(s.rows) }
	switch {
	case leadsToLists(s) != leadsToLists(t):
		return leadsToLists(t)
	case r.outweighs(s, t) || r.outweighs(t, s):
		return r.outweighs(s, t)
	case s.rank != t.rank:
		return s.rank > t.rank
	case s.rank == inColumn:
		return s.column < t.column
	case s.entries != t.entries:
		return s.entries > t.entries
	case s.entries > 2 && len(t.targets) == 0 && t.areWords() && !s.areWords():
		return true // the other one is that of labels in cards
	}
	return s.entries > 1 && s.level < t.level
}

// areWords reports whether all texts of a slot are single words.
func (s *slot) areWords() bool {
	return !slices.ContainsFunc(s.rows, func(w *row) bool { return strings.Contains(w.text, " ") })
}

// outweighs reports whether many more entries have a slot than another one, or some more
// if the slot has a link of its own in most of them. None does if all entries have a
// heading.
func (r *reader) outweighs(s, t *slot) bool {
	return r.headed < r.entries &&
		(s.rank >= isStressed && s.entries >= 2*t.entries || 5*len(s.targets) >= 4*s.entries && 4*s.entries >= 5*t.entries)
}

// count adds the rows of an entry to their slots. An entry that says the same as
// another one is counted once: it stands in two sections, and does not show what
// entries have in common.
func (r *reader) count(e *entry, isKnown bool) {
	if !isKnown {
		r.entries++
		if slices.ContainsFunc(e.rows, func(w *row) bool { return w.rank == inHeading && !w.isPeriod }) {
			r.headed++
		}
	}
	nth := make(map[slotKey]int)
	for _, w := range e.rows {
		n := r.nodes[w.node]
		key := slotKey{path: n.path, class: class(n.Node), column: n.column}
		nth[key]++
		key.nth = min(nth[key], 4)
		s := r.slots[key]
		if s == nil {
			s = &slot{column: n.column, texts: make(map[string]int), words: make(map[string]int), targets: make(map[string]int)}
			r.slots[key] = s
			r.order = append(r.order, s)
		}
		if w.slot = s; w.link >= 0 {
			w.target = r.target(w.link)
		}
		if isKnown {
			continue
		}
		s.rows = append(s.rows, w)
		s.rank = max(s.rank, w.rank)
		if w.heading >= 0 {
			s.level = r.nodes[w.heading].Data
		}
		s.size += len(w.text)
		if s.last != r.entries {
			s.entries++
			s.last = r.entries
		}
		if len(w.text) <= shortText {
			says := w.words()
			s.words[says]++
			if (w.link >= 0 || w.heading >= 0) && r.contains(w.whole(), e.mark.node) {
				says += e.mark.text
			}
			s.texts[says]++
		} else {
			s.long++
		}
		if w.link >= 0 {
			s.targets[w.target]++
			if hasName(w.target, labelNames) || hasName(w.target, authorNames) {
				s.lists++
			}
		}
	}
}

// whole returns the heading that a row is a part of, or else its element.
func (w *row) whole() int {
	if w.heading >= 0 {
		return w.heading
	}
	return w.node
}

// words returns what a row says, without the number of a counter such as "12
// kommenttia", "Kommentit (3)" and "Osumat: 101".
func (w *row) words() string {
	if w.link >= 0 || len(w.text) > shortText {
		return w.text
	}
	words := strings.TrimLeft(w.text, "0123456789 ")
	if i := strings.LastIndexAny(words, ":("); i > 0 && strings.Trim(words[i:], "0123456789 :()") == "" {
		words = strings.TrimSpace(words[:i])
	}
	if !isRead(words) || strings.ContainsAny(words, "0123456789.!?") {
		return w.text
	}
	return words
}

// canBeTitle reports whether a slot can be that of titles: many entries have it,
// what they say there differs, if need be only by the dates in it, and in tables it is
// short, and neither numbers nor, if there is another slot, few words.
func (r *reader) canBeTitle(s *slot, dated bool) bool {
	n := s.distinct(dated)
	switch {
	case s.rank == inColumn && (s.size > 2*shortText*s.entries || s.isNumbers()):
		return false
	case s.rank == inColumn && dated:
		return 2*s.entries > r.entries
	case s.rank == noTitle, 3*s.entries < r.entries,
		2*n < s.entries && (s.rank == inHeading || 2*len(s.targets) < s.entries):
		return false
	case s.rank == inHeading:
		return slices.ContainsFunc(s.rows, func(w *row) bool { return !w.isPeriod })
	case s.rank == isLinked:
		for _, w := range s.rows {
			if r.isOwn(w) {
				return true
			}
		}
		return false
	case s.rank == inColumn:
		return !s.hasFew()
	}
	return true
}

// distinct returns how many different texts a slot has, with or without dates.
func (s *slot) distinct(dated bool) int {
	if dated {
		return len(s.texts) + s.long
	}
	return len(s.words) + s.long
}

// hasFew reports whether entries share a few short texts in a slot.
func (s *slot) hasFew() bool {
	return s.size < 30*s.entries && s.distinct(true) > 1 && 5*s.distinct(true) <= 4*s.entries
}

// isMost reports whether something stands in a slot in many entries, and not just
// in two.
func (s *slot) isMost(n int) bool { return n > 2 && 5*n >= 2*s.entries }

var number = regexp.MustCompile(`^\PL*(?:\pL{1,3}\PL+)*\pL{0,3}$`)

// isNumbers reports whether most of a slot's texts are numbers, such as "KM 22-003",
// or the like.
func (s *slot) isNumbers() bool {
	n := 0
	for _, w := range s.rows {
		if strings.ContainsAny(w.text, "0123456789") && number.MatchString(w.text) {
			n++
		}
	}
	return 2*n > len(s.rows)
}
