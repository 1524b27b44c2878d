// Package match finds out which entries of a page are articles that an archive
// knows already, whatever the page's editors have changed in them.
//
// # The rule
//
// Records and entries are matched one to one. What a step has matched, the
// later steps leave alone. These steps take what is equal:
//
//  1. The ID, if the entry has one.
//  2. The address, if no other entry or record has it: the URL without scheme,
//     "www.", ".html", "/index", trailing slash, fragment, and the parameters
//     that only tell visits apart.
//  3. The day, the title and the text.
//
// The last step takes what is alike, the best pair first: those with the same
// slug before those of the same day, and these before the others; within each,
// the ones that have more in common, for which the same title counts as 0.25 and
// a record that was listed as 0.01. Only letters, digits and the spaces between
// words count in titles and texts, in lower case, and a title stands in for a
// missing text. A record and an entry are alike in any of these cases:
//
//   - Their slugs, the last parts of their addresses, are the same, and so is the
//     day, the title or 0.5 of the texts.
//   - Both have slugs, which differ; the day is the same, and so is the title or
//     0.8 of the texts.
//   - Not both have slugs; the day is the same, and so is the title or 0.8 of the
//     texts, or one text begins the other (10 bytes or more) or contains 0.9 of it
//     (20 sequences or more). If the record was listed, 0.5 of the texts will do,
//     or the first sentence (25 bytes or more).
//   - Not both have slugs; the days are at most 10 apart, the record was listed,
//     and no other record has the same text (and the same title, if the two have
//     that in common). 0.9 of the whole texts is the same, or one contains 0.9 of
//     the other (60 sequences or more), or the title is the same, and so is 0.5 of
//     the texts or one begins the other. An entry newer than all that was listed
//     and whole weeks newer than the record is left out: it is a weekly one.
//
// They are not alike if they look like two articles of a series. There, with the
// same number of words, titles or texts differ only in numbers, or texts only in
// numbers and names, or titles only in numbers and names where less than 0.9 of
// the texts is the same, or the same word has become the same other word in both
// title and text. A name is a word with a capital letter. A typo that was mended
// makes no other name or word.
//
// How much of two texts is the same is the Dice coefficient of their sets of
// sequences of four characters: twice the number that both have, by the sum of
// the two. How much of one the other contains is the number that both have, by
// that of the smaller set. Of a text that is longer than one ending in "…" or
// "...", only as much is looked at.
package match

import (
	"cmp"
	"math"
	"slices"
)

// A Day is a calendar day, counted from some day or other.
type Day int32

// An Entry is what a page says of an article. All its strings are in the same
// Unicode normalization form.
type Entry struct {
	ID    string // what feed readers know the article by; "" if its source does not say
	Day   Day
	Title string
	Text  string // the summary
	URL   string // of the article's own page, or ""
}

// A Record is what an archive remembers of an article.
type Record struct {
	Entry
	Listed bool // whether it was on the page the last time; see Judge
}

// Match returns for each entry of a page the index of its article's record, or
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
	known = append(known, others...) // where two would do, the listed one is it
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
	other   *item // that it is matched with
	*form         // where it is not
}

func newItem(index int, e *Entry) *item {
	return &item{Entry: e, index: index, address: address(e.URL)}
}

func (i *item) match(other *item) {
	if i.other == nil && other.other == nil {
		i.other, other.other = other, i
	}
}

// exact matches what is left and has the same key, in order. A key that is to
// be unique is left out if it is empty, or several records or entries have it.
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

// Pages have a few entries a day. These bounds are for those that have not: of
// how many records an entry's sketch is compared with, and then its text.
const (
	maxSketches = 1000
	maxTexts    = 20
)

// A wording is what an item says, without its address.
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

// alike returns the pairs of what is left.
func alike(records, entries []*item) []pair {
	near := make(map[any][]*item) // the records of a day or slug of what is left
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
