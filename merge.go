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
// Articles are the same if they have the same GUID, the same link, or the same
// date and summary, unless both have a GUID or both have a link and these
// differ. Of the same articles one is returned, with the sections of all. Its
// other fields are those of the first that has them, except that what a page
// says wins over what a feed said earlier: an article with a GUID keeps that,
// and so its ID, but yields to the text and the link of one without.
func Merge(listings ...Listing) []Article {
	m := merger{
		byGUID: make(map[string]int),
		byLink: make(map[string]int),
		byText: make(map[string]int),
	}
	places := make([][]int, len(listings)) // of each listing's articles in m.articles
	for i, l := range listings {
		places[i] = make([]int, len(l.Articles))
		for j, a := range l.Articles {
			places[i][j] = m.add(a)
		}
	}

	days := make(map[time.Time][]int)
	for _, listing := range places {
		perDay := make(map[time.Time][]int)
		for _, i := range listing {
			i = m.find(i)
			day := dayOf(m.articles[i].Date)
			perDay[day] = append(perDay[day], i)
		}
		for day, order := range perDay {
			days[day] = mergeOrder(days[day], order)
		}
	}

	newest := make([]time.Time, 0, len(days))
	for day := range days {
		newest = append(newest, day)
	}
	slices.SortFunc(newest, func(a, b time.Time) int { return b.Compare(a) })
	merged := make([]Article, 0, len(m.articles))
	for _, day := range newest {
		for _, i := range days[day] {
			merged = append(merged, m.articles[i])
		}
	}
	return merged
}

// A merger holds different articles and finds them by what makes articles the
// same. The maps lead to places in articles.
type merger struct {
	articles []Article
	same     []int // an earlier place that took the article in, or the place itself
	byGUID   map[string]int
	byLink   map[string]int
	byText   map[string]int
}

// find returns the place where the article added at i is now.
func (m *merger) find(i int) int {
	for m.same[i] != i {
		i = m.same[i]
	}
	return i
}

// add takes an article in and returns its place. One article can show that two
// that were taken for different are the same: it has the link of one and the
// text of the other.
func (m *merger) add(a Article) int {
	text := a.textID()
	known := make([]int, 0, 3)
	if i, ok := m.byGUID[a.GUID]; ok && a.GUID != "" {
		known = append(known, m.find(i))
	}
	if i, ok := m.byLink[a.Link]; ok && a.Link != "" && agree(a.GUID, m.articles[m.find(i)].GUID) {
		known = append(known, m.find(i))
	}
	if i, ok := m.byText[text]; ok {
		b := m.articles[m.find(i)]
		if agree(a.GUID, b.GUID) && agree(a.Link, b.Link) {
			known = append(known, m.find(i))
		}
	}

	place := len(m.articles)
	if len(known) == 0 {
		a.Sections = slices.Clone(a.Sections)
		m.articles = append(m.articles, a)
		m.same = append(m.same, place)
	} else {
		slices.Sort(known)
		place = known[0]
		for _, other := range slices.Compact(known)[1:] {
			m.articles[place] = combine(m.articles[place], m.articles[other])
			m.same[other] = place
		}
		m.articles[place] = combine(m.articles[place], a)
	}

	if a.GUID != "" {
		m.byGUID[a.GUID] = place
	}
	if a.Link != "" {
		m.byLink[a.Link] = place
	}
	if _, ok := m.byText[text]; !ok {
		m.byText[text] = place
	}
	return place
}

// agree reports whether two marks of identity may belong to the same article.
func agree(a, b string) bool {
	return a == "" || b == "" || a == b
}

// combine returns one article for two that are the same.
func combine(a, b Article) Article {
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
		if !slices.ContainsFunc(c.Sections, func(t string) bool { return sameName(s, t) }) {
			c.Sections = append(c.Sections, s)
		}
	}
	return c
}

// mergeOrder adds to a what is new in b: above the next of b's places that a
// has too, else below the last one that it has, else at the end.
func mergeOrder(a, b []int) []int {
	inA := make(map[int]bool, len(a))
	for _, i := range a {
		inA[i] = true
	}
	above := make(map[int][]int) // what goes above a place of a
	last := -1                   // the last place of b that a has
	var waiting []int
	seen := make(map[int]bool, len(b))
	for _, i := range b {
		switch {
		case seen[i]:
		case inA[i]:
			above[i] = waiting
			last, waiting = i, nil
		default:
			waiting = append(waiting, i)
		}
		seen[i] = true
	}
	if last < 0 {
		return append(a, waiting...)
	}
	merged := make([]int, 0, len(a)+len(b))
	for _, i := range a {
		merged = append(merged, above[i]...)
		merged = append(merged, i)
		if i == last {
			merged = append(merged, waiting...)
		}
	}
	return merged
}
