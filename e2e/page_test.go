package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pages are one of each kind.
var pages = []string{"index.html", "aluepaattajille.html", missing}

// titles is the expression for the headlines of the articles that are shown.
const titles = `[...document.querySelectorAll(".articles h3")].filter((e) => e.checkVisibility()).map((e) => e.innerText)`

func titlesOf(items []item) []string {
	var list []string
	for _, i := range items {
		list = append(list, i.Title)
	}
	return list
}

// TestPage reads the articles, and finds the feeds as a reader does that is
// given the page's address.
func TestPage(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	for _, page := range []struct {
		name, feed string
		links      int
	}{
		{"", "kaikki", 5}, // in each format, and the feeds of the sections
		{"aluepaattajille.html", "aluepaattajille", 3},
	} {
		p.show(page.name)
		assert.Equal(t, titlesOf(published(t, p.address, page.feed)), eval[[]string](p, titles))

		links := eval[[]struct{ Type, Href, Title string }](p, `[...document.querySelectorAll("link[rel=alternate]")].map((e) => ({type: e.type, href: e.href, title: e.title}))`)
		assert.Len(t, links, page.links)
		for _, l := range links {
			assert.NotEmpty(t, l.Title)
			header, _ := get(t, l.Href)
			assert.Equal(t, l.Type+"; charset=utf-8", header.Get("Content-Type"), l.Href)
		}
	}
}

// TestNarrow shows the pages 320 CSS pixels wide, where nobody should have to
// scroll sideways (WCAG 2.2, 1.4.10).
func TestNarrow(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	p.size(320, 568)
	for _, page := range pages {
		p.show(page)
		assert.Equal(t, 320, eval[int](p, `document.documentElement.scrollWidth`), page)
	}
}

// TestSearch types into the search field.
func TestSearch(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	p.show("")
	all := eval[[]string](p, titles)
	require.Len(t, all, 49)
	const status = `document.getElementById("tila").innerText`

	// search types words in the place of those before.
	search := func(words string) []string {
		p.do(
			chromedp.Focus(chromedp.CSS("#hakusana")),
			chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl)),
			chromedp.KeyEvent(kb.Backspace+words),
		)
		return eval[[]string](p, titles)
	}
	for _, words := range []string{"ekosysteemi", "EKOSYSTEEMI", "järjesto ekosysteemi"} {
		found := search(words)
		assert.NotEmpty(t, found)
		assert.Less(t, len(found), len(all), words)
		assert.Subset(t, all, found)
		assert.Equal(t, fmt.Sprintf("Löytyi %d artikkelia.", len(found)), eval[string](p, status))
	}
	assert.Equal(t, []string{"Kohti unelmien ekosysteemiä"}, search("unelmien"))
	assert.Equal(t, "Löytyi 1 artikkeli.", eval[string](p, status))
	assert.Empty(t, search("tätä ei ole"))
	assert.Equal(t, "Löytyi 0 artikkelia.", eval[string](p, status))
	assert.Equal(t, all, search(""))
	assert.Empty(t, eval[string](p, status))
}

// TestWithoutScript has JavaScript switched off.
func TestWithoutScript(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	const controls = `[...document.querySelectorAll("button, input, select, textarea")].filter((e) => e.checkVisibility()).length`
	for _, slug := range []string{"aluepaattajille", "alueyhteistyo"} {
		p.show("")
		assert.Zero(t, eval[int](p, controls), "controls that do nothing")
		link := chromedp.CSS(`.filter a[href="` + slug + `.html"]`)
		p.follow(chromedp.Click(link), slug+".html")
		assert.Equal(t, titlesOf(published(t, p.address, slug)), eval[[]string](p, titles))
		assert.Zero(t, eval[int](p, controls), "controls that do nothing")
	}
}

// TestCopy copies the address of a feed.
func TestCopy(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	ctx, cancel := p.within()
	defer cancel()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name},
			Setting:    browser.PermissionSettingGranted,
			Origin:     p.address,
		})
		require.NoError(t, err)
	}
	p.show("")
	p.do(chromedp.Click(chromedp.CSS(`button[aria-label="Kopioi osoite: Aluepäättäjille"]`)))
	p.do(chromedp.WaitVisible(chromedp.CSS(`button[aria-label="Kopioi osoite: Aluepäättäjille"] + [role=status]:not(:empty)`)))
	assert.Equal(t, "Kopioitu.", eval[string](p, `document.querySelector(".address [role=status]:not(:empty)").innerText`))
	assert.Equal(t, p.address+"/aluepaattajille.rss", eval[string](p, `navigator.clipboard.readText()`))
}
