package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestMarkup reads pieces of markup as they are found on real sites. Each
// article is written as "day.month. title | summary | link", below the section
// if that is not the page's heading.
func TestMarkup(t *testing.T) {
	three := func(entry string) string {
		var b strings.Builder
		for i := 1; i <= 3; i++ {
			b.WriteString(strings.NewReplacer("#", fmt.Sprint(i), "DD", fmt.Sprint(10-i)).Replace(entry))
		}
		return b.String()
	}
	const all = "9.1. Otsikko 1 | Teksti 1 on tässä. | /1\n8.1. Otsikko 2 | Teksti 2 on tässä. | /2\n7.1. Otsikko 3 | Teksti 3 on tässä. | /3"
	const rest = `<h2><a href="/#">Otsikko #</a></h2><p>Teksti # on tässä.</p>`
	for _, test := range []struct{ name, html, want string }{
		{"titles are h1", three(`<article><time datetime="2024-01-0DD">DD.1.2024</time><h1><a href="/#">Otsikko #</a></h1><p>Teksti # on tässä.</p></article>`), all},
		{"date and writer, with a bar", three(`<article><p>DD.1.2024 | Maija</p>` + rest + `</article>`), "9.1. Otsikko 1 | Maija¶Teksti 1 on tässä. | /1\n8.1. Otsikko 2 | Maija¶Teksti 2 on tässä. | /2\n7.1. Otsikko 3 | Maija¶Teksti 3 on tässä. | /3"},
		{"writer and date, with a comma", three(`<article>` + rest + `<p>Maija, DD.1.2024</p></article>`), "9.1. Otsikko 1 | Teksti 1 on tässä.¶Maija | /1\n8.1. Otsikko 2 | Teksti 2 on tässä.¶Maija | /2\n7.1. Otsikko 3 | Teksti 3 on tässä.¶Maija | /3"},
		{"date in spans", three(`<div class="post"><p><span>Maija</span> <span>DD.1.2024</span></p>` + rest + `</div>`), "9.1. Otsikko 1 | Maija¶Teksti 1 on tässä. | /1\n8.1. Otsikko 2 | Maija¶Teksti 2 on tässä. | /2\n7.1. Otsikko 3 | Maija¶Teksti 3 on tässä. | /3"},
		{"clock time after a dash", three(`<div class="post"><p>DD.1.2024 - 10:15</p>` + rest + `</div>`), all},
		{"hour alone", three(`<div class="post"><p>Julkaistu DD.1.2024 klo 10</p>` + rest + `</div>`), all},
		{"changed later, in one text", three(`<article><p>Julkaistu DD.1.2024, päivitetty 30.3.2024</p>` + rest + `</article>`), all},
		{"changed later, in spans", three(`<article><p>Julkaistu: <span>DD.1.2024</span> Päivitetty: <span>30.3.2024</span></p>` + rest + `</article>`), all},
		{"published and updated in one class", three(`<article><time class="entry-date published updated" datetime="2024-01-0DDT10:00:00+02:00">January DD, 2024</time>` + rest + `</article>`), all},
		{"updated in a second element", three(`<article><p><time class="published" datetime="2024-01-0DD">DD.1.2024</time> <time class="updated" datetime="2024-03-01">1.3.2024</time></p>` + rest + `</article>`), all},
		{"a last day to apply", three(`<article><p>DD.1.2024</p>` + rest + `<p>Hakuaika päättyy: 5.5.2024</p></article>`),
			"9.1. Otsikko 1 | Teksti 1 on tässä.¶Hakuaika päättyy: 5.5.2024 | /1\n8.1. Otsikko 2 | Teksti 2 on tässä.¶Hakuaika päättyy: 5.5.2024 | /2\n7.1. Otsikko 3 | Teksti 3 on tässä.¶Hakuaika päättyy: 5.5.2024 | /3"},
		{"a second date", three(`<article><p>DD.1.2024</p>` + rest + `<p>5.5.2024</p></article>`), all},
		{"a time in a sentence", three(`<article><p>DD.1.2024</p><h2><a href="/#">Otsikko #</a></h2><p>Tilaisuus numero # on <time datetime="2024-05-05">5.5.2024</time> Helsingissä.</p></article>`),
			"9.1. Otsikko 1 | Tilaisuus numero 1 on 5.5.2024 Helsingissä. | /1\n8.1. Otsikko 2 | Tilaisuus numero 2 on 5.5.2024 Helsingissä. | /2\n7.1. Otsikko 3 | Tilaisuus numero 3 on 5.5.2024 Helsingissä. | /3"},
		{"cards of spans", `<ul>` + three(`<li><a href="/#"><span>DD.1.2024</span><span>Otsikko #</span><span>Teksti # on tässä.</span></a></li>`) + `</ul>`,
			"9.1.  | Otsikko 1¶Teksti 1 on tässä. | /1\n8.1.  | Otsikko 2¶Teksti 2 on tässä. | /2\n7.1.  | Otsikko 3¶Teksti 3 on tässä. | /3"},
		{"a form around all", `<form>` + three(`<div><p>DD.1.2024</p>`+rest+`</div>`) + `</form>`, all},
		{"header and footer of an entry", three(`<div class="post"><header><h2><a href="/#">Otsikko #</a></h2></header><p>Teksti # on tässä.</p><footer>DD.1.2024</footer></div>`), all},
		{"names that mean something else", three(`<div class="post category-tapahtumat"><span class="icon-calendar">DD.1.2024</span>` + rest + `</div>`), all},
		{"a date called an event's", three(`<div><div class="event-date">DD.1.2024</div>` + rest + `</div>`), all},
		{"all in a sidebar", `<div class="sidebar">` + three(`<div><p>DD.1.2024</p>`+rest+`</div>`) + `</div>`, all},
		{"two sections", `<h2>Blogi</h2><ul>` + three(`<li>DD.1.2024 <h3><a href="/#">Otsikko #</a></h3><p>Teksti # on tässä.</p></li>`) + `</ul><h2>Uutiset</h2><ul><li>1.2.2024 <h3><a href="/u">Uutinen</a></h3><p>Uutisen teksti.</p></li></ul>`,
			"[Blogi]\n" + all + "\n[Uutiset]\n1.2. Uutinen | Uutisen teksti. | /u"},
		{"years with a word", `<h2>Vuosi 2024</h2>` + three(`<article><p>DD.1.2024</p>`+rest+`</article>`) + `<h2>Vuosi 2023</h2><article><p>1.2.2023</p><h2><a href="/v">Vanha</a></h2><p>Vanha teksti.</p></article>`, all + "\n1.2. Vanha | Vanha teksti. | /v"},
		{"hero above a heading", `<div class="hero"><article><p>1.2.2024</p><h2><a href="/h">Nosto</a></h2><p>Noston teksti.</p></article></div><h2>Uusimmat</h2><div>` + three(`<article><p>DD.1.2024</p><h3><a href="/#">Otsikko #</a></h3><p>Teksti # on tässä.</p></article>`) + `</div>`,
			"1.2. Nosto | Noston teksti. | /h\n[Uusimmat]\n" + all},
		{"more events than articles", `<ul>` + three(`<li>DD.1.2024 <a href="/#">Otsikko #</a></li>`) + `</ul><div><h2>Tapahtumat</h2>` + strings.Repeat(`<div class="e"><p>5.5.2024</p><h3><a href="/e">Tapahtuma</a></h3><p>Pitkä kuvaus tapahtumasta, johon kaikki ovat tervetulleita.</p></div>`, 5) + `</div>`,
			"9.1. Otsikko 1 |  | /1\n8.1. Otsikko 2 |  | /2\n7.1. Otsikko 3 |  | /3"},
		{"a box about cookies", `<div class="x"><p>1.2.2024</p><p>` + strings.Repeat("Käytämme evästeitä. ", 60) + `</p></div><ul>` + three(`<li>DD.1.2024 <h3><a href="/#">Otsikko #</a></h3><p>Teksti # on tässä.</p></li>`) + `</ul>`, "*" + all},
		{"date below", three(`<h3><a href="/#">Otsikko #</a></h3><p>Teksti # on tässä.</p><p>DD.1.2024</p>`), all},
		{"date below, some untitled", `<p>Teksti 1 on tässä.</p><p>9.1.2024</p><h3><a href="/2">Otsikko 2</a></h3><p>Teksti 2 on tässä.</p><p>8.1.2024</p><p>Teksti 3 on tässä.</p><p>7.1.2024</p>`,
			"9.1.  | Teksti 1 on tässä. | \n8.1. Otsikko 2 | Teksti 2 on tässä. | /2\n7.1.  | Teksti 3 on tässä. | "},
		{"title between, the last untitled", `<p>9.1.2024</p><h3><a href="/1">Otsikko 1</a></h3><p>Teksti 1 on tässä.</p><p>8.1.2024</p><h3><a href="/2">Otsikko 2</a></h3><p>Teksti 2 on tässä.</p><p>7.1.2024</p><p>Teksti 3 on tässä.</p>`,
			"9.1. Otsikko 1 | Teksti 1 on tässä. | /1\n8.1. Otsikko 2 | Teksti 2 on tässä. | /2\n7.1.  | Teksti 3 on tässä. | "},
		{"more, in the summary's line", three(`<article><p>DD.1.2024</p><h2>Otsikko #</h2><p>Teksti # on tässä. <a href="/#">Lue lisää »</a></p></article>`), all},
		{"tags, a photographer and sharing", three(`<article><p>DD.1.2024</p>` + rest + `<p>Kuva: Matti</p><ul class="tags"><li>Työllisyys</li></ul><p>Jaa Facebookissa</p></article>`), all},
		{"a category longer than the title", `<ul>` + three(`<li><span>DD.1.2024</span> <p><a href="/kategoria/x">Työllisyyspalvelut ja hankkeet</a></p><p><a href="/#">Otsikko #</a></p><p>Teksti # on tässä.</p></li>`) + `</ul>`, all},
		{"an empty time", three(`<article><time datetime="2024-01-0DD"></time>` + rest + `</article>`), all},
		{"a time that says nothing", three(`<article><time datetime="0001-01-01T00:00:00Z">DD.1.2024</time>` + rest + `</article>`), all},
		{"a date in parts", three(`<div><p><b>DD.</b><b>1.2024</b></p><p>Teksti # on tässä.</p></div>`), "9.1.  | Teksti 1 on tässä. | \n8.1.  | Teksti 2 on tässä. | \n7.1.  | Teksti 3 on tässä. | "},
	} {
		t.Run(test.name, func(t *testing.T) {
			listings, err := Parse("test", []byte(`<body><div><h1>Blogilista</h1>`+test.html+`</div></body>`), address)
			assert.NoError(t, err)
			var got []string
			for _, l := range listings {
				if l.Section != "Blogilista" {
					got = append(got, "["+l.Section+"]")
				}
				for _, a := range l.Articles {
					got = append(got, fmt.Sprintf("%s %s | %s | %s", a.Date.Time().Format("2.1."), a.Title, strings.ReplaceAll(a.Summary, "\n\n", "¶"), strings.TrimPrefix(a.Link, "https://www.vates.fi")))
				}
			}
			want, some := strings.CutPrefix(test.want, "*")
			if some {
				assert.Contains(t, strings.Join(got, "\n"), want)
			} else {
				assert.Equal(t, want, strings.Join(got, "\n"))
			}
		})
	}
}

// TestHostile reads pages that took long, or too much, where something was done
// for each of many parts that is only needed once: four times the page must not
// take sixteen times as long.
func TestHostile(t *testing.T) {
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " a%d", i)
		}
		return b.String()
	}
	for name, page := range map[string]func(n int) string{
		"long title":      func(n int) string { return `<article>1.1.2024<h2>` + strings.Repeat("a<br>", n) },
		"many attributes": func(n int) string { return `<body` + attributes(n) + `>` + strings.Repeat("<p>x", n) },
		"many paragraphs": func(n int) string { return `<article>1.1.2024` + strings.Repeat("<p>a</p>", n) },
		"many dates":      func(n int) string { return strings.Repeat("<p>1.1.2024</p>", n) },
		"nested names": func(n int) string {
			return strings.Repeat(`<div class="sidebar">`, 450) + strings.Repeat("<p>x", n) + "<h1>x</h1>"
		},
		"many links":   func(n int) string { return `<ul><li>1.1.2024` + strings.Repeat(`<a href="/x">y</a> `, n) },
		"many entries": func(n int) string { return strings.Repeat(`<article><p>1.1.2024</p><h2>a</h2><p>b</p></article>`, n) },
		"many sections": func(n int) string {
			return strings.Repeat(`<h2>x</h2><div class="c"><p>1.1.2024</p><h3>a</h3><p>b</p></div>`, n)
		},
		"run of siblings":  func(n int) string { return strings.Repeat(`<h3>a</h3><p>1.1.2024</p><p>b</p>`, n) },
		"run of titles":    func(n int) string { return strings.Repeat(`<p>1.1.2024</p><p>b</p><p><a href="/x">a</a></p>`, n) },
		"dates at the end": func(n int) string { return strings.Repeat(`<p>b</p><p>1.1.2024</p>`, n) },
	} {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				input := []byte(page(n))
				start := time.Now()
				Parse("test", input, address)
				return time.Since(start)
			}
			// The least of a few, since others may be using the machine.
			for range 5 {
				small, large := took(2000), took(8000)
				if large < 200*time.Millisecond || large < 10*small {
					return
				}
				t.Log(small, large)
			}
			t.Error("takes more than ten times as long for four times the page")
		})
	}
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
