// Package match matches the entries of a page with the articles of an archive,
// even if the page's editors have changed some of them.
//
// # The rule
//
// Records and entries are matched one to one. Each step leaves alone what an
// earlier step has matched. The first steps match records and entries that have
// the same
//
//  1. ID, if the entry has one;
//  2. address, if no other entry or record has it: the URL without scheme,
//     "www.", ".html", "/index", trailing slash, fragment, and tracking
//     parameters;
//  3. day, title and text.
//
// The last step matches those that are alike, best pairs first. Pairs with the
// same slug come before those of the same day, and these before all others.
// Within each group, pairs come in the order of how much of their texts is the
// same, plus 0.25 for the same title and 0.01 for a listed record. Comparisons
// use only the letters, digits and single spaces of titles and texts, in lower
// case. A title takes the place of a missing text.
//
// A slug is the last part of an address. A record and an entry are alike in any
// of these cases:
//
//   - Their slugs are the same, and so is the day, the title or 0.5 of the texts.
//   - Both have slugs, which differ. The day is the same, and so is the title or
//     0.8 of the texts.
//   - At least one has no slug. The day is the same, and so is the title or 0.8 of
//     the texts; or one text is the beginning of the other (10 bytes or more), or
//     one contains 0.9 of the other (20 sequences or more). If the record is
//     listed, 0.5 of the texts is enough, or the same first sentence (25 bytes or
//     more).
//   - At least one has no slug. The days differ by at most 10, the record is
//     listed, and no other record has the same text (or, if their titles are the
//     same, the same title and text). Also, 0.9 of the whole texts is the same; or
//     one contains 0.9 of the other (60 sequences or more); or the title is the
//     same, and either 0.5 of the texts is, or one is the beginning of the other.
//     This case excludes entries that are newer than all listed records and a
//     whole number of weeks newer than the record: these are weekly articles.
//
// They are not alike if they look like two articles of a series. They do if their
// titles, or their texts, have the same number of words and
//
//   - the titles, or the texts, differ only in numbers;
//   - the texts differ only in numbers and names;
//   - the titles differ only in numbers and names, and less than 0.9 of the texts
//     is the same; or
//   - one word is replaced by the same other word in both title and text.
//
// A name is a word with a capital letter. A corrected typo does not count as
// another name or word.
//
// The share of two texts that is the same is the Dice coefficient of their sets
// of four-character sequences: twice the size of the intersection, divided by the
// sum of the sizes. The share of one that the other contains is the size of the
// intersection, divided by that of the smaller set. If one text ends in "…" or
// "..." and the other is longer, only as much of the other is compared.
package match

import (
	"cmp"
	"math"
	"slices"
)

// A Day is a calendar day, as a number of days since any fixed day.
type Day int32

// An Entry is an article as a page shows it. All strings are in the same Unicode
// normalization form.
type Entry struct {
	ID    string // the article's ID in feeds, or "" if its source has none
	Day   Day
	Title string
	Text  string // the summary
	URL   string // of the article's own page, or ""
}

// A Record is an article as an archive remembers it.
type Record struct {
	Entry
	Listed bool // whether the page had it when last read successfully; see Judge
}

// Match returns, for each entry of a page, the index of its article's record, or
// -1 if the article is new. No two entries have the same record.
func Match(records []Record, entries []Entry) []int {
	var known, others, read []*item
	for i := range records {
		r := newItem(i, &records[i].Entry)
		if r.listed = records[i].Listed; r.listed {
			known = append(known, r)
		} else {
			others = append(others, r)
		}
	}
	known = append(known, others...) // of equally good records, the listed one is first
	for i := range entries {
		read = append(read, newItem(i, &entries[i]))
	}

	exact(known, read, true, func(i *item) string { return i.ID })
	exact(known, read, true, func(i *item) string { return i.address })
	exact(known, read, false, func(i *item) wording { return wording{i.Day, i.Title, i.Text} })
	pairs := alike(known, read)
	sortPairs(pairs)
	for _, p := range pairs {
		p.record.match(p.entry)
	}

	found := make([]int, len(read))
	for i, e := range read {
		found[i] = -1
		if e.other != nil {
			found[i] = e.other.index
		}
	}
	return found
}

// An item is a record or an entry.
type item struct {
	*Entry
	index   int // among the records or entries
	listed  bool
	address string
	other   *item // that it is matched with, or nil
	*form         // set by alike, for items that are not matched
}

func newItem(index int, e *Entry) *item {
	return &item{Entry: e, index: index, address: address(e.URL)}
}

func (i *item) match(other *item) {
	if i.other == nil && other.other == nil {
		i.other, other.other = other, i
	}
}

// exact matches the remaining records and entries that have the same key, in
// order. If unique is set, it ignores empty keys, and keys that several records
// or several entries have.
func exact[K comparable](records, entries []*item, unique bool, key func(*item) K) {
	var none K
	byKey := make(map[K]*[2][]*item)
	for side, items := range [][]*item{entries, records} {
		for _, i := range items {
			k := key(i)
			if byKey[k] == nil && side == 0 && (k != none || !unique) {
				byKey[k] = new([2][]*item)
			}
			if same := byKey[k]; same != nil && (unique || i.other == nil) {
				same[side] = append(same[side], i)
			}
		}
	}
	for _, same := range byKey {
		if !unique || len(same[0])+len(same[1]) == 2 {
			for j := range min(len(same[0]), len(same[1])) {
				same[0][j].match(same[1][j])
			}
		}
	}
}

// These bounds are for pages that have very many entries a day.
const (
	maxSketches = 1000 // with which the sketch of an entry is compared
	maxTexts    = 20   // with which the text of an entry is compared
)

// A wording is the day, the title and the text of an item.
type wording struct {
	day         Day
	title, text string
}

// A pair is a record and an entry that are alike.
type pair struct {
	record, entry *item
	score         float64
}

func sortPairs(pairs []pair) {
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
}

// alike returns the pairs of remaining records and entries that are alike.
func alike(records, entries []*item) []pair {
	near := make(map[any][]*item) // records by day and by slug, near the remaining entries
	for _, e := range entries {
		if e.other == nil {
			e.form = newForm(e)
			for d := -maxApart; d <= maxApart; d++ {
				near[e.Day+d] = nil
			}
			if e.slug != "" {
				near[e.slug] = nil
			}
		}
	}
	if len(near) == 0 {
		return nil
	}

	count := make(map[wording]int) // the records with a text, and with a text and title
	newest := Day(math.MinInt32)   // of the records that were listed
	for _, r := range records {
		count[wording{text: r.Text}]++
		if r.Title != "" {
			count[wording{title: r.Title, text: r.Text}]++
		}
		if r.listed {
			newest = max(newest, r.Day)
		}
		for _, key := range []any{r.Day, slug(r.address)} {
			if list, ok := near[key]; ok && r.other == nil && len(list) < maxSketches {
				if r.form == nil {
					r.form = newForm(r)
				}
				near[key] = append(list, r)
			}
		}
	}
	moved := func(r, e *item) bool { // whether the date may have changed
		title := ""
		if r.Title == e.Title {
			title = r.Title
		}
		again := e.Day > newest && (e.Day-r.Day)%7 == 0
		return r.listed && !again && count[wording{0, title, r.Text}] == 1 && count[wording{0, title, e.Text}] <= 1
	}

	var pairs []pair
	for _, e := range entries {
		if e.other != nil {
			continue
		}
		var others []*item // those of other days, the nearest first
		for d := Day(1); d <= maxApart && len(others) < maxSketches; d++ {
			others = append(append(others, near[e.Day-d]...), near[e.Day+d]...)
		}
		others = others[:min(len(others), maxSketches)]
		others = slices.DeleteFunc(others, func(r *item) bool { return !moved(r, e) })
		for _, candidates := range [][]*item{near[e.slug], near[e.Day], others} {
			for _, p := range closest(e, candidates, maxTexts) {
				if p.score = likeness(p.record, e); p.score > 0 {
					pairs = append(pairs, p)
				}
			}
		}
	}
	return pairs
}
