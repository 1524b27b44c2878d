package articlepage

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/safehtml"
)

var address = &url.URL{Scheme: "https", Host: "www.vates.fi", Path: "/blogi/a"}

func TestRead(t *testing.T) {
	const ld = `<script type="application/ld+json">`
	for name, test := range map[string]struct {
		page string
		want Page
	}{
		"site behind the title":     {`<title>Otsikko | Vates-säätiö</title><meta property="og:site_name" content="Vates-säätiö">`, Page{Title: "Otsikko"}},
		"host behind the title":     {`<title>Otsikko – Vates</title>`, Page{Title: "Otsikko"}},
		"heading in the title":      {`<title>Otsikko - Muu nimi</title><h1>Otsikko</h1>`, Page{Title: "Otsikko"}},
		"dash in the title":         {`<title>Työ - ja toimi</title>`, Page{Title: "Työ - ja toimi"}},
		"only the site's name":      {`<title>Vates</title><meta property="og:title" content="vates.fi"><h1>Otsikko</h1>`, Page{Title: "Otsikko"}},
		"two headings":              {`<title>Otsikko</title><h1>Vates</h1><h1>Muu</h1>`, Page{Title: "Otsikko"}},
		"markup in the heading":     {`<h1>Työ<br>ja <i>toimi</i><svg><title>x</title></svg></h1>`, Page{Title: "Työ ja toimi"}},
		"data of another article":   {ld + `[{"@type":"Article","headline":"A","url":"/muu"},{"@type":"Article","headline":"B","url":"/blogi/a/"}]</script><h1>C</h1>`, Page{Title: "B"}},
		"data of others only":       {ld + `[{"@type":"Article","headline":"A","url":"/muu"},{"@type":"Article","headline":"B","url":"/toinen"}]</script><h1>C</h1>`, Page{Title: "C"}},
		"escapes in data":           {ld + `{"@type":["NewsArticle"],"headline":"A &amp; B","author":"Maija &amp; Matti Oy"}</script>`, Page{Title: "A & B", Authors: []string{"Maija & Matti Oy"}}},
		"authors elsewhere in data": {ld + `{"@graph":[{"@type":"BlogPosting","headline":"A","author":[{"@id":"#m"},{"name":"Bo Ek"}]},{"@type":"Person","@id":"#m","name":"Maija"}]}</script>`, Page{Title: "A", Authors: []string{"Maija", "Bo Ek"}}},
		"address as author":         {`<h1>A</h1><meta property="article:author" content="https://facebook.com/x"><a rel="author nofollow" href="/m">Maija M</a>`, Page{Title: "A", Authors: []string{"Maija M"}}},
		"byline":                    {`<h1>A</h1><p>Teksti: Maija Meikäläinen</p>`, Page{Title: "A", Authors: []string{"Maija Meikäläinen"}}},
		"byline above the heading":  {`<p>Teksti: Maija Meikäläinen</p><h1>A</h1>`, Page{Title: "A"}},
		"no authors":                {`<h1>A</h1><meta name="author" content="Admin"><meta property="article:author" content="maija@example.org"><meta name="dcterms.creator" content="29.1.2024"><a rel="author" href="/m">Näytä kaikki artikkelit</a>`, Page{Title: "A"}},
		"author's title":            {`<h1>A</h1><meta name="author" content="Kirjoittaja: Maija Meikäläinen ja Bo Ek">`, Page{Title: "A", Authors: []string{"Maija Meikäläinen", "Bo Ek"}}},
		"data of one other":         {ld + `{"@type":"WebPage","hasPart":{"@type":"Article","headline":"B","url":"/muu","author":"Bo Ek"}}</script><h1>A</h1>`, Page{Title: "A"}},
		"microdata beside":          {`<h1>A</h1><aside><div itemscope itemtype="https://schema.org/Article"><b itemprop="headline">B</b></div></aside>`, Page{Title: "A"}},
		"login":                     {`<h1>A</h1><input type=PASSWORD>`, Page{Title: "A", Login: true}},
		"long names":                {`<h1>` + strings.Repeat("A ", maxTitle) + `</h1><meta name="author" content="` + strings.Repeat("M", 1000) + `">`, Page{}},
		"microdata": {`<div itemscope itemtype="https://schema.org/BlogPosting"><meta itemprop="headline" content="A"><a itemprop="author" href="/m">Maija</a>
<div itemprop="publisher" itemscope><span itemprop="name">Vates</span></div><img itemprop="image" src="/k.jpg" alt="Kuva"><div itemscope><b itemprop="headline">B</b></div></div>`,
			Page{Title: "A", Authors: []string{"Maija"}, Image: vatesfeed.Image{URL: "https://www.vates.fi/k.jpg", Alt: "Kuva"}}},
		"image": {`<h1>A</h1><meta property="og:image" content="/k.jpg"><meta property="og:image:alt" content="Kuva"><meta property="og:image:width" content="3"><meta property="og:image:height" content="-2"><meta property="og:image:type" content="image/jpeg">`,
			Page{Title: "A", Image: vatesfeed.Image{URL: "https://www.vates.fi/k.jpg", Alt: "Kuva", Width: 3, Type: "image/jpeg"}}},
		"image in data":   {ld + `{"@type":"Article","headline":"A","image":[{"url":"/k.jpg","width":"600px","height":{"value":400},"caption":"Kuva"}]}</script>`, Page{Title: "A", Image: vatesfeed.Image{URL: "https://www.vates.fi/k.jpg", Alt: "Kuva", Width: 600, Height: 400}}},
		"image to count":  {`<h1>A</h1><meta property="og:image" content="/k.gif"><meta property="og:image:width" content="1">`, Page{Title: "A"}},
		"image as data":   {`<h1>A</h1><meta property="og:image" content="data:image/png;base64,AA">`, Page{Title: "A"}},
		"base":            {`<base href="https://kuvat.example.org/"><h1>A</h1><meta name="twitter:image" content="k.jpg">`, Page{Title: "A", Image: vatesfeed.Image{URL: "https://kuvat.example.org/k.jpg"}}},
		"data like a bag": {ld + `{"@type":{"a":[1]},"@graph":{"@graph":null}}</script>` + ld + `not json</script>`, Page{}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Read([]byte(test.page), address, false)
			require.NoError(t, err)
			assert.Equal(t, test.want, p)
		})
	}
}

// TestContent has a text between other things.
func TestContent(t *testing.T) {
	text := strings.Repeat("<p>Työ, jota tehdään yhdessä, on kaikille parempi kuin yksin tehty, sanovat työn tekijät.</p>", 8)
	page := `<title>A</title><nav><a href="/">Etusivu</a></nav><h1>A</h1><div onclick="x"><img src="k.jpg" alt="Kuva">` + text + `<p><a href="b">Lue lisää</a>.</p></div><footer>Osoite</footer>`
	p, err := Read([]byte(page), address, true)
	require.NoError(t, err)
	assert.Contains(t, p.Content, `<p>Työ, jota`)
	assert.Contains(t, p.Content, `<a href="https://www.vates.fi/blogi/b">Lue lisää</a>`)
	assert.NotContains(t, p.Content, "onclick")
	assert.NotContains(t, p.Content, "Etusivu")
	assert.Equal(t, vatesfeed.Image{URL: "https://www.vates.fi/blogi/k.jpg", Alt: "Kuva"}, p.Image)

	for name, page := range map[string]string{
		"many":   strings.Repeat("<p>a", maxElements),
		"nested": strings.Repeat("<div>", maxDepth) + text,
		"long":   "<p>" + strings.Repeat("sana ", safehtml.MaxSize/4),
	} {
		p, err := Read([]byte("<title>A</title>"+page), address, true)
		assert.Equal(t, "A", p.Title, "the rest is read")
		assert.ErrorIs(t, err, ErrNoText, name)
		p, err = Read([]byte("<title>A</title>"+page), address, false)
		assert.NoError(t, err, name)
		assert.Equal(t, "A", p.Title)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<h1>A</h1><p>Teksti: Maija Meikäläinen</p><p>B</p>`, true)
	f.Add(`<script type="application/ld+json">{"@type":"Article","headline":"A","author":[{"@id":"#m"}],"image":["k"]}</script>`, false)
	f.Add(`<div itemscope itemtype="https://schema.org/Article"><b itemprop="headline">A</b><p itemprop="author">B<img src="k">`, true)
	f.Fuzz(func(t *testing.T, page string, full bool) {
		p, err := Read([]byte(page), address, full)
		if err != nil && !errors.Is(err, ErrNoText) {
			return
		}
		assert.Equal(t, strings.TrimSpace(p.Title), p.Title)
		if p.Image.URL != "" {
			u, err := url.Parse(p.Image.URL)
			require.NoError(t, err)
			assert.NotEmpty(t, u.Host)
		}
		again, _ := Read([]byte(page), address, full)
		assert.Equal(t, p, again)
	})
}
