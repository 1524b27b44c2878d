package page

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// read returns the titles of a page's articles with their days, and the texts
// of its problems.
func read(t *testing.T, page string) (articles, problems []string) {
	t.Helper()
	listings, err := Parse("test", []byte(page), address)
	if err != nil {
		assert.ErrorIs(t, err, vatesfeed.ErrNoArticles)
	}
	for _, l := range listings {
		for _, a := range l.Articles {
			articles = append(articles, a.Date.Time().Format("2.1. ")+a.Title+"|"+strings.ReplaceAll(a.Summary, "\n\n", "¶"))
		}
		for _, p := range l.Problems {
			assert.ErrorIs(t, p, vatesfeed.ErrDate)
			problems = append(problems, p.Text)
		}
	}
	return articles, problems
}

// TestTenth has entries of which one has no date that can be read: it is a
// problem, and the others keep their dates.
func TestTenth(t *testing.T) {
	entry := func(date, title string) string {
		return `<article><p class="pvm">` + date + `</p><h2><a href="/` + title + `">` + title + `</a></h2><p>Teksti ` + title + `.</p></article>`
	}
	for _, date := range []string{"eilen", "4.4.", "32.13.2024", ""} {
		articles, problems := read(t, `<main><h1>Blogi</h1>`+entry("1.2.2024", "A")+entry("2.2.2024", "B")+entry(date, "C")+entry("4.2.2024", "D")+entry("5.2.2024", "E")+`</main>`)
		assert.Equal(t, []string{"1.2. A|Teksti A.", "2.2. B|Teksti B.", "4.2. D|Teksti D.", "5.2. E|Teksti E."}, articles)
		assert.Equal(t, []string{strings.TrimPrefix(date+"\n\nC\n\nTeksti C.", "\n\n")}, problems)
	}
}

// TestOnlyNotice has no date but that of a change, and no heading that it belongs to.
func TestOnlyNotice(t *testing.T) {
	for _, notice := range []string{"Päivitetty 1.2.2024", "Sivua päivitetty viimeksi 1.2.2024", "Sidan senast uppdaterad 1.2.2024", "This page was last updated 2024-02-01"} {
		articles, problems := read(t, `<div><h1>Henkilöstö</h1><ul><li><a href="/a">Maija</a></li><li><a href="/b">Matti</a></li></ul></div><div><p>`+notice+`</p></div>`)
		assert.Empty(t, articles, notice)
		assert.Empty(t, problems, notice)
	}
	articles, _ := read(t, `<div><h1>Tietoa</h1><p>Pitkä teksti.</p><p>Toinen teksti.</p><div>Katu 1 <span>Sivu päivitetty 1.2.2024</span></div></div>`)
	assert.Empty(t, articles)
	articles, _ = read(t, `<ul><li><a href="/a">Ainoa</a><p>Päivitetty 1.2.2024</p></li></ul>`)
	assert.Equal(t, []string{"1.2. Ainoa|"}, articles)
	articles, _ = read(t, `<div><h1>Juttu</h1><p>Päivitetty 1.2.2024</p><p>Pitkä teksti.</p><p>Toinen teksti.</p></div>`)
	assert.Equal(t, []string{"1.2. Juttu|Pitkä teksti.¶Toinen teksti."}, articles)
}

// TestOtherPlace has entries of which one has its date elsewhere.
func TestOtherPlace(t *testing.T) {
	articles, problems := read(t, `<ul><li><span>1.2.2024</span> <a href="/a">Aa</a></li><li><b><i>2.2.2024</i></b> <a href="/b">Bb</a></li><li><span>3.2.2024</span> <a href="/c">Cc</a></li></ul>`)
	assert.Equal(t, []string{"1.2. Aa|", "2.2. Bb|", "3.2. Cc|"}, articles)
	assert.Empty(t, problems)
}

func TestOrderUnknown(t *testing.T) {
	entry := func(date string) string {
		return `<article><p>` + date + `</p><h2>Otsikko</h2><p>Teksti ` + date + `.</p></article>`
	}
	listings, err := Parse("test", []byte(entry("1/2/2024")+entry("3/4/2024")), address)
	assert.ErrorIs(t, err, vatesfeed.ErrNoArticles)
	require.Len(t, listings[0].Problems, 2)
	assert.EqualError(t, listings[0].Problems[0], `test: "1/2/2024" is not a date: the day or the month may stand first, and no date of the page tells which`)
	articles, problems := read(t, entry("1/2/2024")+entry("30/4/2024"))
	assert.Len(t, articles, 2)
	assert.Equal(t, "1.2. ", articles[0][:5])
	assert.Empty(t, problems)
}

// TestTables has tables without links or classes, and a row without a title.
func TestTables(t *testing.T) {
	articles, problems := read(t, `<h1>Lista</h1><h2>Uutiset</h2><table><tr><td>1.2.2024</td><td>Aa</td></tr><tr><td>2.2.2024</td><td>Bb</td></tr></table>
		<h2>Blogit</h2><table><tr><td>3.2.2024</td><td>Cc</td></tr><tr><td>4.2.2024</td><td></td></tr></table>`)
	assert.Equal(t, []string{"1.2. Aa|", "2.2. Bb|", "3.2. Cc|"}, articles)
	assert.Len(t, problems, 0)
}

// TestLongLast has a last entry with more paragraphs than lie between the dates.
func TestLongLast(t *testing.T) {
	articles, _ := read(t, `<h1>B</h1><div><p>29.01.2024</p><p>S.</p><p><strong><a href=/1>T</a></strong></p><p>28.01.2024</p><p>S.</p><p>S2.</p><p><strong><a href=/2>U</a></strong></p></div>`)
	assert.Equal(t, []string{"29.1. T|S.", "28.1. U|S.¶S2."}, articles)
}

// TestNoncharacters has characters in its texts that mark dates while they are
// read.
func TestNoncharacters(t *testing.T) {
	articles, _ := read(t, "<article><p>1.2.2024</p><h2>A\uFDD1B\uFDD1C</h2><p>D\x01E\uFDD0F\x01</p></article><article><p>2.2.2024</p><h2>G</h2><p>H</p></article>")
	assert.Equal(t, []string{"1.2. A\uFFFDB\uFFFDC|D\uFFFDE\uFFFDF", "2.2. G|H"}, articles)
}

func TestArticlePage(t *testing.T) {
	listings, err := Parse("test", []byte(`<html lang="sv"><head><title>Uusi opas | Liitto</title></head><body><main><article><header><h1>Uusi opas</h1><p>29.1.2024 | Kirjoittanut Liisa Laine</p></header>
		<div><p>Opas tarjoaa vinkkejä.</p><h2>Mistä saa?</h2><p>Sen voi ladata <a href="/x">sivuilta</a> 5.2.2024 alkaen.</p></div></article></main>
		<aside><h2>Lue myös</h2><ul><li><a href="/a">A</a></li></ul></aside></body></html>`), address)
	require.NoError(t, err)
	assert.Equal(t, "Liitto", listings[0].Site)
	assert.Equal(t, "sv", listings[0].Language)
	assert.Equal(t, []vatesfeed.Article{{
		Date:    vatesfeed.Date{Year: 2024, Month: 1, Day: 29},
		Title:   "Uusi opas",
		Summary: "Opas tarjoaa vinkkejä.\n\nMistä saa?\n\nSen voi ladata sivuilta 5.2.2024 alkaen.",
		Authors: []string{"Liisa Laine"},
		Link:    address.String(),
	}}, listings[0].Articles)
}

// TestArticleAside has the date of an article in its <aside>.
func TestArticleAside(t *testing.T) {
	articles, _ := read(t, `<main><article><h1>Uusi opas</h1><p>Opas tarjoaa vinkkejä.</p><p>Sen voi ladata 5.2.2024 alkaen.</p><aside><p>29.1.2024</p></aside></article></main>`)
	assert.Equal(t, []string{"29.1. Uusi opas|Opas tarjoaa vinkkejä.¶Sen voi ladata 5.2.2024 alkaen."}, articles)
}

func TestExplain(t *testing.T) {
	var b strings.Builder
	err := Explain(&b, "test", []byte(`<header>1.1.2024</header><main><ul><li><span>1.2.2024</span> <a href="/a">Aa</a></li><li>Mainos</li><li class="x"><span>2.2.2024</span> <a href="/b">Bb</a><p>Tavataan 5.5.2024 Turussa.</p></li></ul></main>`), address)
	require.NoError(t, err)
	assert.Equal(t, `1.1.2024
	left out: outside the listing
	html > body > header
1.2.2024
	the date of article 1, "Aa"
	html > body > main > ul > li > span
Mainos
	left out: beside the entries, and not one
	html > body > main > ul > li
2.2.2024
	the date of article 2, "Bb Tavataan 5.5.2024 Turussa."
	html > body > main > ul > li.x > span
5.5.2024
	left out: in a sentence
	html > body > main > ul > li.x > p
test: 4 dates, 2 entries
`, b.String())
}

// TestOddDates has dates in parts whose closest common element has others.
func TestOddDates(t *testing.T) {
	for _, page := range []string{
		`<p><span>29.</span>1.2024<br>Teksti.<br><span>28.</span>1.2024<br>Teksti.</p>`,
		`<div><b>29.</b><b>1.2024</b><p>x</p><b>28.</b><b>1.2024</b><p>y</p></div>`,
	} {
		listings, err := Parse("test", []byte(page), address)
		assert.NoError(t, err)
		assert.Len(t, listings[0].Articles, 2)
	}
}

// TestParts has the date in a line with a label and an author.
func TestParts(t *testing.T) {
	entry := func(label, date, name, title string) string {
		return `<li><p>` + label + ` | ` + name + ` | ` + date + `</p><h3><a href="/` + title + `">` + title + `</a></h3></li>`
	}
	listings, err := Parse("test", []byte(`<h1>Lista</h1><ul>`+entry("Blogi", "1.2.2024", "Maija Mäki", "Aa")+entry("Uutiset", "2.2.2024", "Liisa Laine", "Bb")+entry("Blogi", "3.2.2024", "Maija Mäki", "Cc")+`</ul>`), address)
	require.NoError(t, err)
	var said []string
	for _, a := range listings[0].Articles {
		said = append(said, strings.Join(append(a.Sections, a.Authors...), ", ")+": "+a.Title+a.Summary)
	}
	assert.Equal(t, []string{"Lista, Blogi, Maija Mäki: Aa", "Lista, Uutiset, Liisa Laine: Bb", "Lista, Blogi, Maija Mäki: Cc"}, said)
}

// TestOnlyDate has one date, in an item of a list whose others have none.
func TestOnlyDate(t *testing.T) {
	articles, _ := read(t, `<h1>Lista</h1><div><h2>Uusimmat</h2><ul><li><a href="/a">Aa</a> 1.2.2024</li><li><a href="/b">Bb</a></li></ul><h2>Aiheet</h2></div>`)
	assert.Equal(t, []string{"1.2. Aa|"}, articles)
}

// TestHeadingAndLink has a link and a heading between dates, as often.
func TestHeadingAndLink(t *testing.T) {
	articles, _ := read(t, `<h1>Lista</h1><div><h3>Aa</h3><p>1.2.2024</p><p><a href="/1.pdf">Asiakirja 1</a></p>
		<h3>Bb</h3><p>2.2.2024</p><p><a href="/2.pdf">Asiakirja 2</a></p></div>`)
	assert.Len(t, articles, 2)
	assert.Contains(t, articles[0], "1.2. Aa|")
	assert.Contains(t, articles[1], "2.2. Bb|")
}

// TestExplainDays has a date above two articles.
func TestExplainDays(t *testing.T) {
	var b strings.Builder
	require.NoError(t, Explain(&b, "test", []byte(`<h3>2.1.2024</h3><ul><li><a href="/a">Aa</a></li><li><a href="/b">Bb</a></li></ul><h3>1.1.2024</h3><ul><li><a href="/c">Cc</a></li></ul>`), address))
	assert.Contains(t, b.String(), "2.1.2024\n\tthe date of article 1, \"Aa\"\n")
	assert.Contains(t, b.String(), "Bb\n\tbelow another: the date of article 2, \"Bb\"\n")
	assert.Contains(t, b.String(), "test: 2 dates, 3 entries\n")
}
