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
// whose link is that of a wholly different one is the first.
//
// Of the same articles one is returned, with the sections of all. Its other
// fields are those of the first that has them, except that what a page says
// wins over what a feed said earlier: an article with a GUID keeps that, and so
// its ID, but yields to the text and the link of one without.
//
// Merge changes no listing. Of a single one that has nothing to merge or to
// move it returns the articles themselves, and not a copy.
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
	n := 0
	for _, l := range listings {
		n += len(l.Articles)
	}
	m := newMerger(n)
	places := make([][]int32, len(listings)) // of each listing's articles in m.articles
	for i, l := range listings {
		places[i] = make([]int32, len(l.Articles))
		for j := range l.Articles {
			places[i][j] = int32(m.add(&l.Articles[j]))
		}
	}

	if len(listings) == 1 && n > 0 && len(m.articles) == n && newestFirst(listings[0].Articles) {
		return slices.Clip(listings[0].Articles), false
	}
	return m.inOrder(places), m.changed
}

// newestFirst reports whether no article stands below one of an earlier day.
func newestFirst(articles []Article) bool {
	var days dayCache
	var last time.Time
	for i := range articles {
		day := days.of(articles[i].Date)
		if i > 0 && day.After(last) {
			return false
		}
		last = day
	}
	return true
}

// A dayCache is DayOf for times of which many in a row are the same.
type dayCache struct{ time, day time.Time }

func (c *dayCache) of(t time.Time) time.Time {
	if t != c.time || c.day.IsZero() {
		c.time, c.day = t, DayOf(t)
	}
	return c.day
}

// A merger holds different articles and finds them by what makes articles the
// same.
type merger struct {
	articles     []*Article // of the listings, or what was made of several
	byID, byLink index[string]
	byGUID       index[uuid] // for a GUID that is a UUID, as that of a text is
	byText       index[uuid]
	changed      bool // what an article is found by, after it was added
	nameKeys     map[string]string
}

func newMerger(n int) *merger {
	return &merger{articles: make([]*Article, 0, n), byText: index[uuid]{first: make(map[uuid]int32, n)}}
}

// An index leads from a key to places in a merger's articles, of which there
// is rarely more than one.
type index[K comparable] struct {
	first map[K]int32
	more  map[K][]int32
}

func (x *index[K]) has(key K) bool {
	_, ok := x.first[key]
	return ok
}

func (x *index[K]) add(key K, place int) {
	first, ok := x.first[key]
	switch {
	case !ok:
		if x.first == nil {
			x.first = make(map[K]int32)
		}
		x.first[key] = int32(place)
	case int(first) != place && !slices.Contains(x.more[key], int32(place)):
		if x.more == nil {
			x.more = make(map[K][]int32)
		}
		x.more[key] = append(x.more[key], int32(place))
	}
}

// find returns the first place of a key that suits, or -1.
func (x *index[K]) find(key K, suits func(place int) bool) int {
	first, ok := x.first[key]
	if !ok {
		return -1
	}
	if suits(int(first)) {
		return int(first)
	}
	for _, place := range x.more[key] {
		if suits(int(place)) {
			return int(place)
		}
	}
	return -1
}

// add takes an article in and returns its place.
func (m *merger) add(a *Article) int {
	text := a.textID()
	if a.givenID() == "" && !m.byText.has(text) && !m.byGUID.has(text) {
		// As nearly all are: known by its text alone, and new.
		place := len(m.articles)
		m.articles = append(m.articles, a)
		m.byText.first[text] = int32(place)
		return place
	}
	place := m.findID(a, text)
	if place < 0 && a.Link != "" {
		place = m.byLink.find(a.Link, func(i int) bool {
			b := m.articles[i]
			return agree(a.GUID, b.GUID) || DayOf(a.Date).Equal(DayOf(b.Date))
		})
	}
	if place < 0 || a.GUID == "" && differ(a, m.articles[place]) {
		byText := m.byText.find(text, func(i int) bool {
			b := m.articles[i]
			return agree(a.GUID, b.GUID) && (agree(a.Link, b.Link) || place >= 0)
		})
		if byText >= 0 {
			place = byText
		}
	}
	if place < 0 {
		place = len(m.articles)
		m.articles = append(m.articles, a)
	} else {
		old := m.articles[place]
		both := m.combine(old, a)
		m.articles[place] = both
		oldText := old.textID()
		text = both.textID()
		if both.givenID() != old.givenID() || both.Link != old.Link || text != oldText {
			m.changed = true
		}
	}
	m.addKeys(place, text)
	return place
}

// findID returns the place of the article that has the ID of a, or -1.
func (m *merger) findID(a *Article, text uuid) int {
	always := func(int) bool { return true }
	id := a.givenID()
	if id == "" {
		if place := m.byGUID.find(text, always); place >= 0 {
			return place
		}
		return m.byText.find(text, func(i int) bool { return m.articles[i].givenID() == "" })
	}
	if place := m.byID.find(id, always); place >= 0 {
		return place
	}
	if u, ok := parseURN(id); ok {
		return m.byText.find(u, func(i int) bool { return m.articles[i].givenID() == "" })
	}
	return -1
}

// addKeys makes the article at a place known by its marks of identity.
func (m *merger) addKeys(place int, text uuid) {
	a := m.articles[place]
	if id := a.givenID(); id != "" {
		m.byID.add(id, place)
		if u, ok := parseURN(id); ok {
			m.byGUID.add(u, place)
		}
	}
	if a.Link != "" {
		m.byLink.add(a.Link, place)
	}
	m.byText.add(text, place)
}

// differ reports whether two articles have nothing in common.
func differ(a, b *Article) bool {
	return !DayOf(a.Date).Equal(DayOf(b.Date)) && a.Title != b.Title && a.Summary != b.Summary
}

// agree reports whether two marks of identity may belong to the same article.
func agree(a, b string) bool {
	return a == "" || b == "" || a == b
}

// combine returns one article for two that are the same.
func (m *merger) combine(a, b *Article) *Article {
	first, second := a, b
	if a.GUID != "" && b.GUID == "" {
		first, second = b, a
	}
	c := &Article{
		Date:     first.Date,
		Title:    cmp.Or(first.Title, second.Title),
		Summary:  cmp.Or(first.Summary, second.Summary),
		Sections: slices.Clip(a.Sections),
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

// inOrder returns the articles in the order of Merge, given the places that each
// listing's articles have.
func (m *merger) inOrder(places [][]int32) []Article {
	days := make(map[time.Time][]int32)
	placed := make([]bool, len(m.articles))
	var day dayCache
	for _, listing := range places {
		// Most listings have the articles of a day beside each other.
		for len(listing) > 0 {
			date := day.of(m.articles[listing[0]].Date)
			end := 1
			for end < len(listing) && day.of(m.articles[listing[end]].Date).Equal(date) {
				end++
			}
			days[date] = mergeOrder(days[date], listing[:end], placed)
			listing = listing[end:]
		}
	}

	newest := make([]time.Time, 0, len(days))
	for day := range days {
		newest = append(newest, day)
	}
	slices.SortFunc(newest, func(a, b time.Time) int { return b.Compare(a) })
	ordered := make([]Article, 0, len(m.articles))
	for _, day := range newest {
		for _, place := range days[day] {
			ordered = append(ordered, *m.articles[place])
		}
	}
	return ordered
}

// mergeOrder adds to a what is new in b: above the next of b's places that a
// has too, else below the last one that it has, else at the end. It keeps
// account of what a has in placed.
func mergeOrder(a, b []int32, placed []bool) []int32 {
	if !slices.ContainsFunc(b, func(i int32) bool { return placed[i] }) {
		a = slices.Grow(a, len(b))
		for _, i := range b {
			if !placed[i] {
				placed[i] = true
				a = append(a, i)
			}
		}
		return a
	}
	var above map[int32][]int32 // what goes above a place of a
	last := int32(-1)           // the last place of b that a has
	var waiting []int32
	fresh := make(map[int32]bool)
	for _, i := range b {
		switch {
		case fresh[i]:
		case placed[i]:
			if len(waiting) > 0 {
				if above == nil {
					above = make(map[int32][]int32)
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
	if len(fresh) == 0 {
		return a
	}
	merged := make([]int32, 0, len(a)+len(fresh))
	for _, i := range a {
		merged = append(merged, above[i]...)
		merged = append(merged, i)
		if i == last {
			merged = append(merged, waiting...)
		}
	}
	return merged
}
