package page

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/samples"
)

var address, _ = url.Parse("https://www.vates.fi/vates/artikkelit")

// around is what stands around the entries of a real page, with dates that are
// no article's.
const around = `<!doctype html>
<html lang="fi"><head><title>%[1]s | Vates</title><script>var d = "1.1.2020";</script></head>
<body>
<a href="#main">Siirry pääsisältöön</a>
<header><p>Vates-säätiö</p><p>1.2.2023</p><nav><ul><li><a href="/">Etusivu</a></li><li><a href="/blogi">Blogi</a></li></ul></nav></header>
<main id="main">
<h1>%[1]s</h1>
<h2>%[2]s</h2>
%[3]s
<nav class="pager"><a href="?page=2">Seuraava</a></nav>
</main>
<aside><h2>Tapahtumat</h2><ul><li><time datetime="2024-03-01">1.3.2024</time> <a href="/t/1">Webinaari työelämästä, johon kaikki ovat tervetulleita mukaan</a></li></ul></aside>
<footer><p>Päivitetty 1.2.2024</p><p>© Vates-säätiö 2024</p></footer>
</body></html>`

// shapes are ways to mark up entries, each with what stands around all of them.
var shapes = []struct {
	name, before, entry, after string
	untitled                   string // entry, for an article without a title
}{
	{"article, time, heading first", "", `<article><h3><a href="%[4]s">%[3]s</a></h3><time datetime="%[1]s">%[1]s</time><p>%[2]s</p></article>`, "", `<article><time datetime="%[1]s">%[1]s</time><p>%[2]s</p><a href="%[4]s">Lue lisää</a></article>`},
	{"article, heading last", `<div class="list">`, `<article><p class="date">%[1]s</p><p>%[2]s</p><h3><a href="%[4]s">%[3]s</a></h3></article>`, `</div>`, ""},
	{"list, heading between", `<ul>`, `<li><span>%[1]s</span><h3><a href="%[4]s">%[3]s</a></h3><div><p>%[2]s</p></div><p><a href="%[4]s">Lue lisää</a></p></li>`, `</ul>`, `<li><span>%[1]s</span><div><p>%[2]s</p></div><p><a href="%[4]s">Lue lisää</a></p></li>`},
	{"cards that are links", `<div class="row">`, `<div class="col"><a class="card" href="%[4]s"><div class="meta">%[1]s</div><div class="text">%[2]s</div><h3>%[3]s</h3></a></div>`, `</div>`, `<div class="col"><a class="card" href="%[4]s"><div class="meta">%[1]s</div><div class="text">%[2]s</div></a></div>`},
	{"divs with a link as title", `<div>`, `<div><div>Julkaistu %[1]s klo 10.15</div><div>%[2]s</div><div><a href="%[4]s?utm_source=x#top">%[3]s</a></div></div>`, `</div>`, `<div><div>Julkaistu %[1]s klo 10.15</div><div>%[2]s</div><div><a href="%[4]s">Lue lisää »</a></div></div>`},
	{"table", `<table><tr><th>Päivä</th><th>Artikkeli</th></tr>`, `<tr><td>%[1]s</td><td><a href="%[4]s">%[3]s</a><p>%[2]s</p></td></tr>`, `</table>`, `<tr><td>%[1]s</td><td><p>%[2]s</p><a href="%[4]s">Lue lisää</a></td></tr>`},
	{"definition list, date first", `<dl>`, `<dt>%[1]s</dt><dd>%[2]s</dd><dd><a href="%[4]s">%[3]s</a></dd>`, `</dl>`, `<dt>%[1]s</dt><dd>%[2]s</dd>`},
	{"definition list, title first", `<dl>`, `<dt><a href="%[4]s">%[3]s</a></dt><dd>%[1]s</dd><dd>%[2]s</dd>`, `</dl>`, `<dt></dt><dd>%[1]s</dd><dd>%[2]s</dd>`},
	{"siblings, heading first", "", `<h3><a href="%[4]s">%[3]s</a></h3><p>%[1]s</p><p>%[2]s</p>`, "", `<p>%[1]s</p><p>%[2]s</p>`},
	{"siblings, date first", "", `<p>%[1]s</p><p>%[2]s</p><h3><a href="%[4]s">%[3]s</a></h3>`, "", `<p>%[1]s</p><p>%[2]s</p>`},
	{"siblings, heading with the date", "", `<h3><a href="%[4]s">%[3]s</a> <small>%[1]s</small></h3><p>%[2]s</p>`, "", ""},
	{"siblings between rules", "", `<p>%[1]s</p><p>%[2]s</p><p><a href="%[4]s">%[3]s</a></p><hr>`, "", `<p>%[1]s</p><p>%[2]s</p><hr>`},
	{"wrapped twice", `<section><div><div>`, `<div class="views-row"><div><div><div class="field-date"><div>%[1]s</div></div><div class="field-body"><p>%[2]s</p></div><div class="field-title"><h3><a href="%[4]s">%[3]s</a></h3></div></div></div></div>`, `</div></div></section>`, `<div class="views-row"><div><div><div class="field-date"><div>%[1]s</div></div><div class="field-body"><p>%[2]s</p></div><div class="field-title"></div></div></div></div>`},
	{"articles with all that goes with them", `<div>`, `<article><header><figure><img src="x.jpg" alt="Kuva"><figcaption>Kuva: Maija Meikäläinen</figcaption></figure><h3><a href="%[4]s">%[3]s</a></h3><p><time datetime="%[1]s">%[1]s</time></p></header><p>%[2]s</p><p><a href="%[4]s">Lue lisää</a></p><ul class="tags"><li><a rel="tag" href="/tag/1">Työllisyys</a></li></ul><div class="share"><a href="https://www.facebook.com/sharer.php">Jaa</a></div><footer>Päivitetty 3.3.2024</footer></article>`, `</div>`, ""},
}

// TestShapes turns the real listings into pages of many shapes: each has to
// give the same articles as the text, apart from the links.
func TestShapes(t *testing.T) {
	for _, listing := range samples.Listings() {
		for _, shape := range shapes {
			for _, layout := range []string{"02.01.2006", "2.1.2006", "long"} {
				t.Run(shape.name+"/"+listing.Section+"/"+layout, func(t *testing.T) {
					var b strings.Builder
					want := vatesfeed.Listing{Heading: listing.Heading, Section: listing.Section, URL: address.String(), Site: "Vates", Language: "fi"}
					b.WriteString(shape.before)
					for i, a := range listing.Articles {
						format, link := shape.entry, fmt.Sprintf("/artikkelit/%d", i)
						a.Link = "https://www.vates.fi" + link
						if strings.Contains(shape.entry, `rel="tag"`) {
							a.Sections = append(a.Sections[:1:1], "Työllisyys")
						}
						if a.Title == "" {
							format = shape.untitled
							if format == "" {
								format = strings.ReplaceAll(shape.entry, `%[3]s`, ``)
							}
							if !strings.Contains(format, "%[4]s") {
								a.Link = ""
							}
						}
						date := a.Date.Time().Format(layout)
						if layout == "long" {
							date = fmt.Sprintf("%d. %skuuta %d", a.Date.Day, monthStems[a.Date.Month-1], a.Date.Year)
						}
						s := fmt.Sprintf(format+"%[1]s%[2]s%[3]s%[4]s", date, html.EscapeString(a.Summary), html.EscapeString(a.Title), link)
						s = strings.TrimSuffix(s, date+html.EscapeString(a.Summary)+html.EscapeString(a.Title)+link)
						b.WriteString(s + "\n")
						want.Articles = append(want.Articles, a)
					}
					b.WriteString(shape.after)
					page := fmt.Sprintf(around, listing.Heading, listing.Section, b.String())
					got, err := Parse("test", []byte(page), address)
					require.NoError(t, err)
					if diff := cmp.Diff([]vatesfeed.Listing{want}, got); diff != "" {
						t.Errorf("%.1500s", diff)
					}
				})
			}
		}
	}
}

func TestNoEntries(t *testing.T) {
	for _, page := range []string{
		"", "<p>Ei mitään", "<html><body><h1>Blogi</h1><p>Tapaaminen on 5.2.2024 Helsingissä.</p></body></html>",
		"<footer><p>Päivitetty 1.2.2024</p></footer>", "<h1>Blogi</h1><p>Tapaaminen 5.2.2024 Helsingissä</p>", "<ul><li>1.2.2024</li><li>2.2.2024</li></ul>",
		fmt.Sprintf(around, "Artikkelit", "Blogi", "<p>Tulossa pian.</p>"),
	} {
		_, err := Parse("https://www.vates.fi/x", []byte(page), address)
		assert.ErrorIs(t, err, vatesfeed.ErrNoArticles)
		assert.EqualError(t, err, "https://www.vates.fi/x: no articles: the page has no part with one date and something to read")
	}
}

var monthStems = []string{"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"}
