package vatesfeed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Merge combines the articles of several listings into one list: newest first,
// and within a day in the order of the listings. An article that a listing
// places above another of the same day stays above it.
//
// Two articles are the same if their IDs are equal, or if the first of these
// that both have is equal:
//
//  1. the GUID,
//  2. the link,
//  3. the date together with the summary.
//
// Articles of one listing that have the same link but different titles, or titles
// and different dates, are different. So are those that have no links, and the same
// date and summary but different titles. Their IDs then depend on their titles too.
//
// A page may reuse the link of an old article for a new one. So an article
// without a GUID is not the same as one with its link if date, title and summary
// all differ, and a third article has its date and summary.
//
// Articles that are the same become one, with the sections of all. Each other
// field is that of the first article that has it, with one exception: a page
// (whose articles have no GUIDs) counts as newer than a feed. So the one article
// keeps the GUID, and with it the ID, and takes the text and the link from the
// article without a GUID.
//
// Section names that differ only in case, white space, invisible characters
// or Unicode form are all spelled like the first of them. Merge does not modify
// the listings.
func Merge(listings ...Listing) []Article {
	m := newMerger(listings)
	if m.otherTitles {
		m = newMerger(nameTwins(listings))
	}
	for m.changed {
		m = newMerger([]Listing{{Articles: m.merged}})
	}
	return m.merged
}

// newMerger merges the articles of some listings.
func newMerger(listings []Listing) *merger {
	m := &merger{byID: make(map[string]int), names: make(map[string]string)}
	for kind := range m.byMark {
		m.byMark[kind] = make(map[string][]int)
	}
	places := make([][]int, len(listings)) // in m.articles, of each listing's articles
	for i, l := range listings {
		places[i] = make([]int, len(l.Articles))
		for j := range l.Articles {
			places[i][j] = m.add(&l.Articles[j])
		}
	}
	m.merged = m.inOrder(places)
	return m
}

// nameTwins returns the listings with GUIDs for articles of one listing that have
// the same link, or no links and the same date and summary, but different titles.
// The last of them keeps its usual ID, since new entries appear above it. The IDs
// of the others depend on their titles too.
func nameTwins(listings []Listing) []Listing {
	type key struct {
		link    string
		date    Date // this and the summary only if there is no link
		summary string
	}
	type name struct {
		key
		on    Date
		title string
	}
	nameOf := func(a *Article) (n name, ok bool) {
		if n.link = a.Link; n.link == "" {
			n.date, n.summary = a.Date, a.Summary
		}
		n.on, n.title = a.Date, a.Title
		return n, a.GUID == "" && a.Title != "" && n.key != key{date: a.Date}
	}
	guids := make(map[name]string)
	for _, l := range listings {
		last := make(map[key]name) // the one furthest down
		several := make(map[key]bool)
		for i := range slices.Backward(l.Articles) {
			if n, ok := nameOf(&l.Articles[i]); ok {
				if _, ok := last[n.key]; !ok {
					last[n.key] = n
				}
				several[n.key] = several[n.key] || n != last[n.key]
			}
		}
		for _, a := range l.Articles {
			n, ok := nameOf(&a)
			if !ok || !several[n.key] || guids[n] != "" {
				continue
			}
			if guids[n] = a.ID(); n != last[n.key] {
				guids[n] = Article{Date: a.Date, Summary: a.Summary + "\n\n" + a.Title}.ID()
			}
		}
	}
	named := slices.Clone(listings)
	for i := range named {
		named[i].Articles = slices.Clone(named[i].Articles)
		for j := range named[i].Articles {
			a := &named[i].Articles[j]
			if n, ok := nameOf(a); ok {
				a.GUID = guids[n]
			}
		}
	}
	return named
}

// A merger collects articles and finds those that are the same.
type merger struct {
	articles []*Article // of the listings, or combined from several of them
	byID     map[string]int
	byMark   [4]map[string][]int // by kind; a mark is a link, or the ID of a date and summary
	names    map[string]string   // of sections, by their spelling and by nameKey
	merged   []Article           // in the order of Merge

	changed     bool // the GUID, link, date or text of an article, after it was added
	otherTitles bool // articles of one link, or without links, are the same but for their titles
}

// The kind of an article is the sum of these.
const (
	hasGUID = 1
	hasLink = 2
)

func kindOf(a *Article) int {
	kind := 0
	if a.GUID != "" {
		kind += hasGUID
	}
	if a.Link != "" {
		kind += hasLink
	}
	return kind
}

// add adds an article, or combines it with the one that is the same. It returns
// the article's place.
func (m *merger) add(a *Article) int {
	if names := m.canonical(a.Sections); !slices.Equal(names, a.Sections) {
		b := *a
		b.Sections = names
		a = &b
	}
	text := a.textID()
	id := cmp.Or(a.GUID, a.Link, text)
	place, ok := m.byID[id]
	if !ok && a.Link != "" {
		place, ok = m.find(a, a.Link, true)
	}
	if !ok || a.GUID == "" && differ(a, m.articles[place]) {
		if same, found := m.find(a, text, ok); found {
			place, ok = same, true
		}
	}
	if !ok {
		m.articles = append(m.articles, a)
		place = len(m.articles) - 1
	} else {
		old := m.articles[place]
		if a.GUID == "" && a.Link == old.Link && (a.Title != old.Title || a.Date != old.Date) && a.Title != "" && old.Title != "" {
			m.otherTitles = true
		}
		a = combine(old, a)
		m.articles[place] = a
		text = a.textID()
		if a.GUID != old.GUID || a.Link != old.Link || text != old.textID() {
			m.changed = true
		}
		m.byID[cmp.Or(a.GUID, a.Link, text)] = place
	}
	m.byID[id] = place
	if kindOf(a) > 0 {
		m.note(place, text) // the articles of kind 0 have it as ID
	}
	if a.Link != "" {
		m.note(place, a.Link)
	}
	return place
}

// note records that an article has a mark.
func (m *merger) note(place int, mark string) {
	byMark := m.byMark[kindOf(m.articles[place])]
	byMark[mark] = append(byMark[mark], place)
}

// find returns the first article with a mark that may be the same as a: not
// both have a GUID, and unless anyLink is set, not both have a link.
func (m *merger) find(a *Article, mark string, anyLink bool) (place int, ok bool) {
	for kind, byMark := range m.byMark {
		if kind&hasGUID != 0 && a.GUID != "" || kind&hasLink != 0 && a.Link != "" && !anyLink {
			continue
		}
		places, noted := byMark[mark]
		if n, ok := m.byID[mark]; ok && kind == 0 {
			places, noted = []int{n}, true
		}
		if !noted {
			continue
		}
		// An article may have gained a GUID or a link since it was noted. It
		// never loses one.
		for len(places) > 0 && kindOf(m.articles[places[0]]) != kind {
			places = places[1:]
		}
		if kind > 0 {
			byMark[mark] = places
		}
		if len(places) > 0 && (!ok || places[0] < place) {
			place, ok = places[0], true
		}
	}
	return place, ok
}

// differ reports whether two articles have nothing in common.
func differ(a, b *Article) bool {
	return a.Date != b.Date && a.Title != b.Title && a.Summary != b.Summary
}

// combine returns one article for two that are the same.
func combine(a, b *Article) *Article {
	first, second := a, b
	if a.GUID != "" && b.GUID == "" {
		first, second = b, a
	}
	c := &Article{
		Date:     first.Date,
		Title:    cmp.Or(first.Title, second.Title),
		Summary:  cmp.Or(first.Summary, second.Summary),
		Content:  cmp.Or(first.Content, second.Content),
		Image:    cmp.Or(first.Image, second.Image),
		Authors:  first.Authors,
		Sections: slices.Clip(a.Sections),
		Link:     cmp.Or(first.Link, second.Link),
		GUID:     cmp.Or(a.GUID, b.GUID),
	}
	if len(c.Authors) == 0 {
		c.Authors = second.Authors
	}
	for _, s := range b.Sections {
		if !slices.Contains(c.Sections, s) {
			c.Sections = append(c.Sections, s)
		}
	}
	return c
}

// canonical returns section names in the first spelling of each, without
// repeats.
func (m *merger) canonical(sections []string) []string {
	var names []string
	for i, s := range sections {
		name, ok := m.names[s]
		if !ok {
			key := nameKey(s)
			if name, ok = m.names[key]; !ok {
				name = s
				m.names[key] = s
			}
			m.names[s] = name
		}
		if names == nil && (name != s || slices.Contains(sections[:i], s)) {
			names = slices.Clone(sections[:i])
		}
		if names != nil && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if names == nil {
		return sections
	}
	return names
}

// inOrder returns the articles in the order of Merge, given the places of each
// listing's articles. It goes through the listings and links the articles of
// each day into a chain. An article that is not in the chain yet goes above the
// next article of its listing that is, else below the last one that is, else to
// the end.
func (m *merger) inOrder(listings [][]int) []Article {
	type chain struct {
		first, last int   // places, or -1
		waiting     []int // to be inserted above the listing's next article in the chain
		after       int   // the listing's last article that was in the chain, or -1
	}
	n := len(m.articles)
	prev, next := make([]int, n), make([]int, n)
	placed := make([]int, n) // by the listing of this number, from 1; or 0
	days := make(map[Date]*chain)
	insert := func(c *chain, place, after int) {
		prev[place], next[place] = after, c.first
		if after >= 0 {
			next[place], next[after] = next[after], place
		} else {
			c.first = place
		}
		if next[place] >= 0 {
			prev[next[place]] = place
		} else {
			c.last = place
		}
	}
	for i, places := range listings {
		var open []*chain
		for _, place := range places {
			c := days[m.articles[place].Date]
			if c == nil {
				c = &chain{first: -1, last: -1, after: -1}
				days[m.articles[place].Date] = c
			}
			switch placed[place] {
			case 0:
				if len(c.waiting) == 0 {
					open = append(open, c)
				}
				c.waiting = append(c.waiting, place)
				placed[place] = i + 1
			case i + 1: // a repeat within this listing
			default:
				for _, w := range c.waiting {
					insert(c, w, prev[place])
				}
				c.waiting = c.waiting[:0]
				c.after = place
				open = append(open, c)
			}
		}
		for _, c := range open {
			after := c.after
			if after < 0 {
				after = c.last
			}
			for _, w := range c.waiting {
				insert(c, w, after)
				after = w
			}
			c.waiting, c.after = c.waiting[:0], -1
		}
	}

	newest := make([]Date, 0, len(days))
	for day := range days {
		newest = append(newest, day)
	}
	slices.SortFunc(newest, func(a, b Date) int { return b.Compare(a) })
	ordered := make([]Article, 0, n)
	for _, day := range newest {
		for place := days[day].first; place >= 0; place = next[place] {
			ordered = append(ordered, *m.articles[place])
		}
	}
	return ordered
}

// A Selection says which articles to keep. The zero value keeps all.
type Selection struct {
	// Sections keeps the articles of any of these sections. The names are
	// those that the articles have; see FindSections.
	Sections []string

	// Since and Until keep the articles from one day to another, both
	// included. A zero Date sets no bound.
	Since, Until Date
}

// Select returns the articles that s keeps, in the same order. It returns the
// slice itself if s is the zero Selection.
func Select(articles []Article, s Selection) []Article {
	if len(s.Sections) == 0 && s.Since.IsZero() && s.Until.IsZero() {
		return articles
	}
	return slices.DeleteFunc(slices.Clone(articles), func(a Article) bool {
		return !s.Since.IsZero() && a.Date.Compare(s.Since) < 0 ||
			!s.Until.IsZero() && a.Date.Compare(s.Until) > 0 ||
			len(s.Sections) > 0 && !slices.ContainsFunc(a.Sections, func(name string) bool { return slices.Contains(s.Sections, name) })
	})
}

// A Section is one of the sections of a list of articles.
type Section struct {
	Name   string
	Count  int  // of its articles
	Newest Date // of its articles
}

// Sections returns the sections of the articles, in the order in which they
// first appear.
func Sections(articles []Article) []Section {
	var sections []Section
	place := make(map[string]int)
	for _, a := range articles {
		for _, name := range a.Sections {
			i, ok := place[name]
			if !ok {
				i = len(sections)
				place[name] = i
				sections = append(sections, Section{Name: name, Newest: a.Date})
			}
			sections[i].Count++
			if a.Date.Compare(sections[i].Newest) > 0 {
				sections[i].Newest = a.Date
			}
		}
	}
	return sections
}

// An UnknownSectionError says that no article is in a section.
type UnknownSectionError struct {
	Name  string   // the section asked for
	Known []string // the sections there are
}

func (e *UnknownSectionError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no section %q: no article is in any section", e.Name)
	}
	return fmt.Sprintf("no section %q; there are: %s", e.Name, strings.Join(e.Known, ", "))
}

// FindSections looks up sections by name and returns their names as the articles
// spell them, in the order of wanted. Case and Unicode form do not matter, and a
// Slug is a name too. The error is an *UnknownSectionError if no article is in a
// wanted section.
func FindSections(articles []Article, wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	sections := Sections(articles)
	var names []string
	for _, w := range wanted {
		found := false
		for _, s := range sections {
			if s.Name != w && nameKey(s.Name) != nameKey(w) && !strings.EqualFold(Slug(s.Name), w) {
				continue
			}
			found = true
			if !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
		if !found {
			err := &UnknownSectionError{Name: w}
			for _, s := range sections {
				err.Known = append(err.Known, s.Name)
			}
			return nil, err
		}
	}
	return names, nil
}

// nameKey returns a key that is the same for all spellings of a section's name.
func nameKey(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(text.Fold(text.Visible(s)))))
}

// latin has letters of neighbouring languages that do not decompose into an
// ASCII letter and an accent.
var latin = strings.NewReplacer("æ", "ae", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ŋ", "n", "ŧ", "t")

// Slug returns a section's name in ASCII, for file names and URLs: lower-case
// letters and digits, without accents, with a hyphen for everything else.
// Slug("Aluepäättäjille") is "aluepaattajille". A name without a letter or
// digit in this form, such as one in another script, gives "osio-" and part of
// a name-based UUID.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(latin.Replace(nameKey(name))) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // the accent of the letter before
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		id := strings.TrimPrefix(urn([]byte("section\n"+nameKey(name))), "urn:uuid:")
		return "osio-" + id[:8]
	}
	return b.String()
}
