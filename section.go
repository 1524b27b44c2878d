package vatesfeed

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A Selection says which articles to keep. The zero value keeps all.
type Selection struct {
	// Sections keeps the articles of any of these sections. A section is
	// named exactly, in any case and either Unicode form, or by its Slug.
	Sections []string

	// Since and Until keep the articles from one day to another, both
	// included: the days these moments fall on in Europe/Helsinki. A zero
	// time sets no bound.
	Since, Until time.Time

	// Limit, where it is more than 0, keeps the newest: the first Limit
	// articles. To shorten a feed, set the Feed's own Limit.
	Limit int
}

// Select returns those of the articles that s keeps, in the same order; it may
// return the slice that it was given. It
// returns an *UnknownSectionError for a section that lists none of them.
func Select(articles []Article, s Selection) ([]Article, error) {
	if len(s.Sections) == 0 && s.Since.IsZero() && s.Until.IsZero() {
		if s.Limit > 0 {
			articles = articles[:min(s.Limit, len(articles))]
		}
		return slices.Clip(articles), nil
	}
	names, err := matchSections(articles, s.Sections)
	if err != nil {
		return nil, err
	}
	since, until := DayOf(s.Since), DayOf(s.Until)
	var days dayCache
	var kept []Article
	for _, a := range articles {
		if s.Limit > 0 && len(kept) == s.Limit {
			break
		}
		day := days.of(a.Date)
		if !s.Since.IsZero() && day.Before(since) || !s.Until.IsZero() && day.After(until) {
			continue
		}
		if len(s.Sections) == 0 || slices.ContainsFunc(a.Sections, func(name string) bool { return names[name] }) {
			kept = append(kept, a)
		}
	}
	return kept, nil
}

// A Section is one of the sections of a list of articles.
type Section struct {
	Name   string
	Count  int       // of its articles
	Newest time.Time // the date of its newest article
}

// Matches reports whether a section may be named so; see Selection.
func (s Section) Matches(name string) bool {
	return SameSection(s.Name, name) || strings.EqualFold(Slug(s.Name), name)
}

// Sections returns the sections of the articles, in the order met. Names that
// differ only in case, white space, invisible characters or Unicode form are
// one section's, with the first spelling as its name.
func Sections(articles []Article) []Section {
	var sections []Section
	place := make(map[string]int) // by name, and by nameKey
	for _, a := range articles {
		for _, name := range a.Sections {
			i, ok := place[name]
			if !ok {
				key := nameKey(name)
				if i, ok = place[key]; !ok {
					i = len(sections)
					place[key] = i
					sections = append(sections, Section{Name: name})
				}
				place[name] = i
			}
			sections[i].Count++
			if sections[i].Count == 1 || a.Date.After(sections[i].Newest) {
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

// matchSections returns the section names in the articles that are meant by
// wanted.
func matchSections(articles []Article, wanted []string) (map[string]bool, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	names, err := FindSections(articles, wanted)
	if err != nil {
		return nil, err
	}
	keys := make(map[string]bool)
	for _, n := range names {
		keys[nameKey(n)] = true
	}
	match := make(map[string]bool)
	for _, a := range articles {
		for _, n := range a.Sections {
			if _, ok := match[n]; !ok {
				match[n] = keys[nameKey(n)]
			}
		}
	}
	return match, nil
}

// FindSections returns the names, as the articles have them, of the sections
// that are meant by wanted, in that order; see Selection. It returns an
// *UnknownSectionError for one that lists no article.
func FindSections(articles []Article, wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	sections := Sections(articles)
	var names []string
	for _, w := range wanted {
		found := false
		for _, s := range sections {
			if !s.Matches(w) {
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

// SameSection reports whether two names are one section's: they differ in
// nothing but case, white space, invisible characters and Unicode form.
func SameSection(a, b string) bool {
	return a == b || nameKey(a) == nameKey(b)
}

// nameKey returns what the names of one section have in common.
func nameKey(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(text.Fold(text.Visible(s)))))
}

// letters has the Latin letters of Finland's neighbours that are not a plain
// one with an accent.
var letters = strings.NewReplacer("æ", "ae", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ŋ", "n", "ŧ", "t")

// Slug returns a section's name in ASCII, for file names and addresses: small
// letters and digits, without accents, with a hyphen for everything else.
// Slug("Aluepäättäjille") is "aluepaattajille". A name that has no letter or
// digit in this form, such as one in another script, gives "osio-" and part of
// a name-based UUID.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(letters.Replace(nameKey(name))) {
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
		return "osio-" + string(nameUUID("section\n" + nameKey(name)).appendText(nil)[:8])
	}
	return b.String()
}
