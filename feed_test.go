package vatesfeed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

var update = flag.Bool("update", false, "write the golden files")

func realArticles(t testing.TB) []Article {
	t.Helper()
	var listings []Listing
	for _, name := range realPages {
		listings = append(listings, mustParse(t, readFile(t, name))...)
	}
	return Merge(listings...)
}

func write(t testing.TB, f Feed, format Format) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, format))
	return b.String()
}

// readBack reads a feed as a reader does, and returns its articles with the
// headline as title and the ID as GUID.
func readBack(t testing.TB, feed string) (*gofeed.Feed, []Article) {
	t.Helper()
	parsed, err := gofeed.NewParser().ParseString(feed)
	require.NoError(t, err, feed)
	var articles []Article
	for _, i := range parsed.Items {
		a := Article{Title: i.Title, Sections: i.Categories, Link: i.Link, GUID: i.GUID}
		switch parsed.FeedType {
		case "rss":
			a.Title = html.UnescapeString(i.Title)
			a.Summary = strings.NewReplacer("<p>", "", "</p>", "").Replace(i.Description)
			a.Summary = html.UnescapeString(a.Summary)
		case "atom":
			a.Summary = i.Description
			assert.Equal(t, i.PublishedParsed, i.UpdatedParsed)
		case "json":
			a.Summary = i.Content
		}
		a.Summary = strings.TrimSpace(a.Summary)
		require.NotNil(t, i.PublishedParsed)
		a.Date = DateOf(*i.PublishedParsed)
		articles = append(articles, a)
	}
	if parsed.FeedType == "rss" {
		parsed.Title, parsed.Description = html.UnescapeString(parsed.Title), html.UnescapeString(parsed.Description)
	}
	return parsed, articles
}

// expected returns articles as readBack should return them.
func expected(f Feed, format Format) []Article {
	articles := make([]Article, len(f.Articles))
	for i, a := range f.Articles {
		articles[i] = Article{
			Date:    a.Date,
			Title:   clean(a.Headline()),
			Summary: strings.TrimSpace(clean(a.Summary)),
			Link:    clean(a.Link),
			GUID:    clean(a.ID()),
		}
		if format == JSON && a.Summary == "" {
			articles[i].Summary = articles[i].Title // an item needs some content
		}
		for _, s := range a.Sections {
			articles[i].Sections = append(articles[i].Sections, line(s))
		}
		if a.Link == "" {
			articles[i].Link = ItemURL(f.page(), a)
		}
	}
	return articles
}

func checkRoundTrip(t testing.TB, f Feed) {
	t.Helper()
	for _, format := range Formats() {
		want := expected(f, format)
		feed := write(t, f, format)
		parsed, got := readBack(t, feed)
		assert.Empty(t, cmp.Diff(want, got), "%s", format)
		assert.Equal(t, f.title(), parsed.Title)
		assert.Equal(t, f.description(), parsed.Description)
		assert.Equal(t, f.page(), parsed.Link)
		assert.Equal(t, f.SelfURL, parsed.FeedLink)
		assert.True(t, utf8.ValidString(feed))
		assert.Equal(t, feed, write(t, f, format), "the same bytes each time")
		if format == Atom { // of which gofeed reads no xml:lang
			assert.Contains(t, feed, ` xml:lang="fi">`)
		} else {
			assert.Equal(t, "fi", parsed.Language)
		}
		if assert.Len(t, parsed.Authors, 1) {
			assert.Equal(t, "Vates-säätiö", parsed.Authors[0].Name)
		}
	}
}

func TestRoundTripReal(t *testing.T) {
	all := realArticles(t)
	checkRoundTrip(t, Feed{Articles: all, SelfURL: "https://feeds.example.org/kaikki"})
	for section, n := range map[string]int{"Aluepäättäjille": 47, "Alueyhteistyö": 5} {
		articles := Select(all, Selection{Sections: []string{section}})
		f := Feed{Articles: articles, Sections: []string{section}, SelfURL: "https://feeds.example.org/x"}
		checkRoundTrip(t, f)
		for _, format := range Formats() {
			parsed, _ := readBack(t, write(t, f, format))
			assert.Len(t, parsed.Items, n)
			assert.Equal(t, "Vates – "+section, parsed.Title)
		}
	}
}

func TestRoundTripGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	words := []string{
		"sana", "työ", "a < b & c", "<b>x</b>", "&amp;", "&lt;p&gt;", "]]>", "<![CDATA[x]]>", "<!-- -->", `"'`, "&copy=2;",
		"👩🏽‍💻", "שלום עולם", "مرحبا", "\u202eabc\u202c", "e\u0301", "\x00\x1b[31m\x7f", "\ufffe\uffff", "\u0085x", "\xff\xe4",
		"http://x/?a=1&b=2", "{{x}}", "%s", `\u0041`, strings.Repeat("pitkä ", 2000) + "x", "\U0001F1EB\U0001F1EE",
	}
	some := func(max int) string {
		var s []string
		for range 1 + r.IntN(max) {
			s = append(s, words[r.IntN(len(words))])
		}
		return strings.Join(s, " ")
	}
	for range 200 {
		var l Listing
		for i := range 1 + r.IntN(6) {
			a := Article{Date: Date{1900 + r.IntN(200), time.Month(1 + r.IntN(12)), 1 + r.IntN(28)}, Summary: some(8)}
			for range r.IntN(3) {
				a.Summary += "\n\n" + some(5)
			}
			if r.IntN(3) > 0 {
				a.Title = some(5)
			}
			for range r.IntN(4) {
				a.Sections = append(a.Sections, some(2))
			}
			if r.IntN(3) == 0 {
				a.Link = fmt.Sprintf("https://www.vates.fi/a?b=1&c=%d", i)
			}
			l.Articles = append(l.Articles, a)
		}
		checkRoundTrip(t, Feed{Articles: Merge(l), Sections: []string{some(2)}, PageURL: "https://example.org/?a&b"})
	}
}

// TestNames has a section and a title that look like HTML and change the direction
// of text. They must be written as text, without an effect on the text around them.
func TestNames(t *testing.T) {
	const name = "<script>alert(1)</script> \u202egnp.exe"
	a := Article{Date: Date{2024, 1, 29}, Title: name, Summary: "S.", Sections: []string{name}}
	for _, format := range Formats() {
		feed := write(t, Feed{Articles: []Article{a}, Sections: a.Sections}, format)
		assert.NotContains(t, feed, "\u202e")
		parsed, articles := readBack(t, feed)
		assert.Equal(t, "Vates – <script>alert(1)</script> gnp.exe", parsed.Title)
		assert.Equal(t, "<script>alert(1)</script> gnp.exe", articles[0].Title)
		assert.Equal(t, []string{"<script>alert(1)</script> gnp.exe"}, articles[0].Sections)
	}
	rss := write(t, Feed{Articles: []Article{a}, Sections: a.Sections}, RSS)
	assert.Equal(t, 3, strings.Count(rss, "&amp;lt;script&amp;gt;"), "two titles and a description, for readers that take them for HTML")
}

func FuzzFeed(f *testing.F) {
	f.Add("Otsikko", "Yhteenveto. a < b & c", "Blogi", "", int64(1706479200))
	f.Add("", "<p>x</p>\n\n\x00\u202e]]>", "\xff", "a=b", int64(-2e9))
	f.Add("", "", "", "", int64(-6e10))
	f.Fuzz(func(t *testing.T, title, summary, section, link string, seconds int64) {
		day := DateOf(time.Unix(seconds%200e9, 0))
		if !day.IsValid() {
			return
		}
		a := Article{Date: day, Title: title, Summary: summary}
		if text.Fold(clean(section)) != "" {
			a.Sections = []string{section}
		}
		if link != "" {
			a.Link = "https://www.vates.fi/?" + url.QueryEscape(link) + "&x"
		}
		f := Feed{Articles: []Article{a}}
		for _, format := range Formats() {
			feed := write(t, f, format)
			_, got := readBack(t, feed)
			assert.Empty(t, cmp.Diff(expected(f, format), got), "%s", format)
		}
	})
}

func TestGolden(t *testing.T) {
	all := realArticles(t)
	for name, sections := range map[string][]string{"kaikki": nil, "aluepaattajille": {"Aluepäättäjille"}, "alueyhteistyo": {"Alueyhteistyö"}} {
		articles := Select(all, Selection{Sections: sections})
		for _, format := range Formats() {
			file := name + "." + string(format)
			got := write(t, Feed{Articles: articles, Sections: sections, SelfURL: "https://feeds.example.org/" + file}, format)
			golden := "testdata/golden/" + file
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o666))
			}
			want := strings.Split(readFile(t, golden), "\n")
			for i, line := range strings.Split(got, "\n") {
				if i >= len(want) || line != want[i] {
					t.Errorf("%s:%d differs; if it should, run go test -update\n got %s", golden, i+1, line)
					break
				}
			}
		}
	}
}

// TestTimes checks that articles of one day are a second apart, counted before
// the limit, and that the date stays the printed one.
func TestTimes(t *testing.T) {
	articles := []Article{
		{Date: Date{2024, 1, 29}, Summary: "A"},
		{Date: Date{2024, 1, 25}, Summary: "B"},
		{Date: Date{2024, 1, 25}, Summary: "C"},
		{Date: Date{2024, 1, 25}, Summary: "D"},
		{Date: Date{1901, 1, 1}, Summary: "E"},
	}
	want := map[Format][]string{
		RSS: {"Mon, 29 Jan 2024 06:00:00 +0200", "Thu, 25 Jan 2024 06:00:02 +0200", "Thu, 25 Jan 2024 06:00:01 +0200", "Thu, 25 Jan 2024 06:00:00 +0200", "Tue, 01 Jan 1901 06:00:11 +0140"},
	}
	want[Atom] = []string{"2024-01-29T06:00:00+02:00", "2024-01-25T06:00:02+02:00", "2024-01-25T06:00:01+02:00", "2024-01-25T06:00:00+02:00", "1901-01-01T06:00:11+01:40"}
	want[JSON] = want[Atom]
	for _, limit := range []int{0, 2, 3, 9} {
		for _, format := range Formats() {
			parsed, back := readBack(t, write(t, Feed{Articles: articles, Limit: limit}, format))
			n := len(articles)
			if limit > 0 {
				n = min(n, limit)
			}
			require.Len(t, back, n)
			for i := range back {
				assert.Equal(t, want[format][i], parsed.Items[i].Published)
				assert.Equal(t, articles[i].Date, back[i].Date)
			}
			if format != JSON {
				assert.Equal(t, want[format][0], parsed.Updated)
			}
		}
	}
}

func TestManyOfOneDay(t *testing.T) {
	day := Date{2024, 3, 31}
	f := Feed{Articles: slices.Repeat([]Article{{Date: day, Summary: "S"}}, 70000)}
	times := f.times()
	assert.Equal(t, "2024-03-31T23:59:59+03:00", times[0].Format(time.RFC3339))
	assert.Equal(t, "2024-03-31T06:00:00+03:00", times[69999].Format(time.RFC3339))
	assert.Equal(t, day, DateOf(times[0]))
}

func TestParagraphs(t *testing.T) {
	f := Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Title: "a < b", Summary: "a < b & c\n\n<script>"}}}
	rss := write(t, f, RSS)
	assert.Contains(t, rss, "<title>a &lt; b</title>")
	assert.Contains(t, rss, "<description>&lt;p&gt;a &amp;lt; b &amp;amp; c&lt;/p&gt;&#xA;&#xA;&lt;p&gt;&amp;lt;script&amp;gt;&lt;/p&gt;</description>")
	assert.Contains(t, write(t, f, Atom), `<summary type="text">a &lt; b &amp; c&#xA;&#xA;&lt;script&gt;</summary>`)
	assert.Contains(t, write(t, f, JSON), `"content_text": "a < b & c\n\n<script>"`)
}

func TestLinks(t *testing.T) {
	a := Article{Date: Date{2024, 1, 29}, Summary: "S."}
	uuid := strings.TrimPrefix(a.ID(), "urn:uuid:")
	assert.Equal(t, "https://www.vates.fi/blogi#"+uuid, ItemURL("https://www.vates.fi/blogi#top", a))
	a.GUID = "tag:old"
	assert.Equal(t, "https://www.vates.fi/blogi#"+uuid, ItemURL("https://www.vates.fi/blogi", a))

	linked := Article{Date: Date{2024, 1, 29}, Summary: "S.", Link: "https://www.vates.fi/a"}
	kept := linked
	kept.GUID = "urn:uuid:" + uuid
	for a, permalink := range map[*Article]string{&linked: "true", &kept: "false", {Date: Date{2024, 1, 29}, Summary: "S."}: "false"} {
		rss := write(t, Feed{Articles: []Article{*a}}, RSS)
		assert.Contains(t, rss, fmt.Sprintf(`<guid isPermaLink="%s">%s</guid>`, permalink, a.ID()))
	}

	f := Feed{Articles: []Article{a}, SelfURL: "https://feeds.example.org/x", HubURL: "https://hub.example.org/"}
	assert.Contains(t, write(t, f, RSS), `<atom:link rel="self" type="application/rss+xml" href="https://feeds.example.org/x"></atom:link>`)
	assert.Contains(t, write(t, f, RSS), `<atom:link rel="hub" href="https://hub.example.org/"></atom:link>`)
	assert.Contains(t, write(t, f, Atom), `<link rel="self" type="application/atom+xml" href="https://feeds.example.org/x"></link>`)
	assert.Contains(t, write(t, f, Atom), `<link rel="hub" href="https://hub.example.org/"></link>`)
	assert.Contains(t, write(t, f, JSON), `"url": "https://hub.example.org/"`)
}

// TestAuthors reads back who wrote an article.
func TestAuthors(t *testing.T) {
	f := Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Summary: "S.", Authors: []string{"Maija Meikäläinen"}}}}
	for _, format := range Formats() {
		parsed, _ := readBack(t, write(t, f, format))
		require.Len(t, parsed.Items[0].Authors, 1, format)
		assert.Equal(t, "Maija Meikäläinen", parsed.Items[0].Authors[0].Name)
	}
}

// TestCategories checks what gofeed would read even if it were wrong.
func TestCategories(t *testing.T) {
	f := Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Summary: "S.", Sections: []string{"A", "B & C"}}}}
	assert.Equal(t, 2, strings.Count(write(t, f, RSS), "<category>"))
	atom := write(t, f, Atom)
	assert.Contains(t, atom, `<category term="A"></category>`)
	assert.Contains(t, atom, `<category term="B &amp; C"></category>`)
	assert.Contains(t, atom, `<generator uri="https://github.com/vatesfeed/vatesfeed">vatesfeed</generator>`)
}

// TestOwnWords has a feed that is not of Vates.
func TestOwnWords(t *testing.T) {
	f := Feed{Articles: realArticles(t), Title: "Kunta – Uutiset", Description: "Kunnan uutiset <ja> muut", Author: "Kunta", Language: "sv"}
	for _, format := range Formats() {
		parsed, _ := readBack(t, write(t, f, format))
		assert.Equal(t, f.Title, parsed.Title)
		assert.Equal(t, f.Description, parsed.Description)
		assert.Equal(t, "Kunta", parsed.Authors[0].Name)
	}
	assert.Contains(t, write(t, f, Atom), `xml:lang="sv"`)
	assert.NotEqual(t, (&Feed{}).ID(), f.ID())
	assert.Equal(t, (&Feed{}).ID(), (&Feed{Title: "Vates – Kaikki artikkelit"}).ID())
	bad := Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Summary: "S.", Link: "javascript:alert(1)"}}}
	for _, format := range Formats() {
		assert.NotContains(t, write(t, bad, format), "javascript")
		assert.ErrorIs(t, (&Feed{Articles: []Article{{Summary: "S."}}}).Write(io.Discard, format), ErrDate)
	}
}

func TestWriteErrors(t *testing.T) {
	full := errors.New("full")
	articles := realArticles(t)
	for _, format := range Formats() {
		assert.ErrorIs(t, (&Feed{}).Write(io.Discard, format), ErrNoArticles)
		assert.ErrorIs(t, (&Feed{Articles: articles}).Write(failing{full}, format), full)
		assert.NotEmpty(t, format.MediaType())
	}
	assert.EqualError(t, (&Feed{Articles: articles}).Write(io.Discard, "rdf"), `no format "rdf"; there are: rss, atom, json`)
	assert.Empty(t, Format("rdf").MediaType())
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestWellFormed reads the XML strictly to its end.
func TestWellFormed(t *testing.T) {
	f := Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Title: "\x00\x0b\ufffe\xff]]>", Summary: "\x1f&\u0080", Sections: []string{"\x01\"<"}, Link: "https://x/\x02\"'<&"}}, SelfURL: "https://x/\"&"}
	for _, format := range []Format{RSS, Atom} {
		d := xml.NewDecoder(strings.NewReader(write(t, f, format)))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
		}
	}
}
