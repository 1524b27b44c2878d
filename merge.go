package vatesfeed

import (
	"cmp"
	"slices"
	"time"
)

// Merge makes one list of the articles of several listings: newest first, and
// within a day in the order of the listings. An article that a listing places
// above another of its day stays above it.
//
// Articles are the same if they have the same ID, the same link (and, if both
// have a GUID, the same date), or the same date and summary, unless both have a
// GUID or both have a link and these differ. An article whose text is one's and
// whose link is that of a wholly different one is the first. Of the same articles one is returned, with the sections of all. Its
// other fields are those of the first that has them, except that what a page
// says wins over what a feed said earlier: an article with a GUID keeps that,
// and so its ID, but yields to the text and the link of one without.
func Merge(listings ...Listing) []Article {
	merged, again := merge(listings)
	for again {
		merged, again = merge([]Listing{{Articles: merged}})
	}
	return merged
}

// merge does what Merge does, and reports whether an article has taken from
// another what may make it the same as a third.
func merge(listings []Listing) (merged []Article, again bool) {
	var m merger
	places := make([][]int, len(listings)) // of each listing's articles in m.articles
	for i, l := range listings {
		places[i] = make([]int, len(l.Articles))
		for j, a := range l.Articles {
			places[i][j] = m.add(a)
		}
	}

	days := make(map[time.Time][]int)
	placed := make([]bool, len(m.articles))
	for _, listing := range places {
		perDay := make(map[time.Time][]int)
		for _, i := range listing {
			day := DayOf(m.articles[i].Date)
			perDay[day] = append(perDay[day], i)
		}
		for day, order := range perDay {
			days[day] = mergeOrder(days[day], order, placed)
		}
	}

	newest := make([]time.Time, 0, len(days))
	for day := range days {
		newest = append(newest, day)
	}
	slices.SortFunc(newest, func(a, b time.Time) int { return b.Compare(a) })
	merged = make([]Article, 0, len(m.articles))
	for _, day := range newest {
		for _, i := range days[day] {
			merged = append(merged, m.articles[i])
		}
	}
	return merged, m.changed
}

// A merger holds different articles and finds them by what makes articles the
// same.
type merger struct {
	articles             []Article
	byID, byLink, byText index
	changed              bool // what an article is found by, after it was added
	nameKeys             map[string]string
}

// An index leads from a key to places in a merger's articles, of which there
// is rarely more than one.
type index struct {
	first map[string]int
	more  map[string][]int
}

func (x *index) add(key string, place int) {
	first, ok := x.first[key]
	switch {
	case !ok:
		if x.first == nil {
			x.first = make(map[string]int)
		}
		x.first[key] = place
	case first != place && !slices.Contains(x.more[key], place):
		if x.more == nil {
			x.more = make(map[string][]int)
		}
		x.more[key] = append(x.more[key], place)
	}
}

// find returns the first place of a key that suits, or -1.
func (x *index) find(key string, suits func(place int) bool) int {
	first, ok := x.first[key]
	if !ok {
		return -1
	}
	if suits(first) {
		return first
	}
	for _, place := range x.more[key] {
		if suits(place) {
			return place
		}
	}
	return -1
}

// add takes an article in and returns its place.
func (m *merger) add(a Article) int {
	id, text := a.ID(), a.textID()
	place := m.byID.find(id, func(int) bool { return true })
	if place < 0 && a.Link != "" {
		place = m.byLink.find(a.Link, func(i int) bool {
			b := m.articles[i]
			return agree(a.GUID, b.GUID) || DayOf(a.Date).Equal(DayOf(b.Date))
		})
	}
	if place < 0 || a.GUID == "" && differ(a, m.articles[place]) {
		byText := m.byText.find(text, func(i int) bool {
			return agree(a.GUID, m.articles[i].GUID) && (agree(a.Link, m.articles[i].Link) || place >= 0)
		})
		if byText >= 0 {
			place = byText
		}
	}
	if place < 0 {
		place = len(m.articles)
		a.Sections = slices.Clone(a.Sections)
		m.articles = append(m.articles, a)
	} else {
		old := m.articles[place]
		a = m.combine(old, a)
		m.articles[place] = a
		id, text = a.ID(), a.textID()
		if id != old.ID() || a.Link != old.Link || text != old.textID() {
			m.changed = true
		}
	}
	m.byID.add(id, place)
	if a.Link != "" {
		m.byLink.add(a.Link, place)
	}
	m.byText.add(text, place)
	return place
}

// differ reports whether two articles have nothing in common.
func differ(a, b Article) bool {
	return !DayOf(a.Date).Equal(DayOf(b.Date)) && a.Title != b.Title && a.Summary != b.Summary
}

// agree reports whether two marks of identity may belong to the same article.
func agree(a, b string) bool {
	return a == "" || b == "" || a == b
}

// combine returns one article for two that are the same.
func (m *merger) combine(a, b Article) Article {
	first, second := a, b
	if a.GUID != "" && b.GUID == "" {
		first, second = b, a
	}
	c := Article{
		Date:     first.Date,
		Title:    cmp.Or(first.Title, second.Title),
		Summary:  cmp.Or(first.Summary, second.Summary),
		Sections: a.Sections,
		Link:     cmp.Or(first.Link, second.Link),
		GUID:     cmp.Or(a.GUID, b.GUID),
	}
	for _, s := range b.Sections {
		if !slices.ContainsFunc(c.Sections, func(t string) bool { return s == t || m.nameKey(s) == m.nameKey(t) }) {
			c.Sections = append(c.Sections, s)
		}
	}
	return c
}

// nameKey is the nameKey of a section, made once.
func (m *merger) nameKey(section string) string {
	key, ok := m.nameKeys[section]
	if !ok {
		if m.nameKeys == nil {
			m.nameKeys = make(map[string]string)
		}
		key = nameKey(section)
		m.nameKeys[section] = key
	}
	return key
}

// mergeOrder adds to a what is new in b: above the next of b's places that a
// has too, else below the last one that it has, else at the end. It keeps
// account of what a has in placed.
func mergeOrder(a, b []int, placed []bool) []int {
	var above map[int][]int // what goes above a place of a
	last := -1              // the last place of b that a has
	var waiting []int
	fresh := make(map[int]bool)
	for _, i := range b {
		switch {
		case fresh[i]:
		case placed[i]:
			if len(waiting) > 0 {
				if above == nil {
					above = make(map[int][]int)
				}
				above[i] = append(above[i], waiting...)
				waiting = nil
			}
			last = i
		default:
			waiting = append(waiting, i)
			fresh[i] = true
		}
	}
	for i := range fresh {
		placed[i] = true
	}
	switch {
	case len(fresh) == 0:
		return a
	case last < 0:
		return append(a, waiting...)
	}
	merged := make([]int, 0, len(a)+len(fresh))
	for _, i := range a {
		merged = append(merged, above[i]...)
		merged = append(merged, i)
		if i == last {
			merged = append(merged, waiting...)
		}
	}
	return merged
}
