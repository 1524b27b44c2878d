package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
		// The first search loads the feed.
		require.Eventually(t, func() bool { return (eval[string](p, status) == "") == (words == "") }, 30*time.Second, 20*time.Millisecond)
		return eval[[]string](p, titles)
	}
	for _, words := range []string{"ekosysteemi", "EKOSYSTEEMI", "järjesto ekosysteemi"} {
		found := search(words)
		assert.NotEmpty(t, found)
		assert.Less(t, len(found), len(all), words)
		assert.Subset(t, all, found)
		assert.Equal(t, fmt.Sprintf("Löytyi %d artikkelia. Haku kävi läpi 49 artikkelia.", len(found)), eval[string](p, status))
	}
	assert.Equal(t, []string{"Kohti unelmien ekosysteemiä"}, search("unelmien"))
	assert.Equal(t, "Löytyi 1 artikkeli. Haku kävi läpi 49 artikkelia.", eval[string](p, status))
	assert.Empty(t, search("tätä ei ole"))
	assert.Equal(t, "Löytyi 0 artikkelia. Haku kävi läpi 49 artikkelia.", eval[string](p, status))
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

// TestFeedInBrowser opens feeds as somebody does who clicks on their addresses:
// they look like a page, and say what to do.
func TestFeedInBrowser(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	for name, entry := range map[string]string{"aluepaattajille.rss": "item", "aluepaattajille.atom": "entry"} {
		p.show(name)
		assert.Contains(t, eval[string](p, `getComputedStyle(document.documentElement, "::before").content`), "Kopioi tämän sivun osoite")
		assert.Equal(t, "block", eval[string](p, `getComputedStyle(document.querySelector("`+entry+` > title")).display`))
		assert.Equal(t, "none", eval[string](p, `getComputedStyle(document.querySelector("`+entry+` > link")).display`))
	}
}

// TestOldArticles finds an article that is not among the newest, by its year's
// page and by searching.
func TestOldArticles(t *testing.T) {
	var listing strings.Builder
	listing.WriteString("Artikkelit\n\nBlogi\n\n")
	for i := range 120 {
		fmt.Fprintf(&listing, "%d.5.%d\n\nArtikkeli numero %d puhuu aiheesta %c.\n\n\n", 28-i%28, 2024-i/50, i, 'A'+i%26)
	}
	listing.WriteString("1.1.2022\n\nVanha avokado löytyy yhä.\n")
	file := filepath.Join(t.TempDir(), "listing.txt")
	require.NoError(t, os.WriteFile(file, []byte(listing.String()), 0o666))
	p := open(t, serve(t, file))
	p.show("")
	require.Len(t, eval[[]string](p, titles), 50)
	p.follow(chromedp.Click(chromedp.CSS(`a[href="vuosi-2022.html"]`)), "vuosi-2022.html")
	assert.Contains(t, eval[[]string](p, titles), "Vanha avokado löytyy yhä.")
	p.show("")
	p.do(chromedp.Focus(chromedp.CSS("#hakusana")), chromedp.KeyEvent("avokado"))
	require.Eventually(t, func() bool { return eval[string](p, `document.getElementById("tila").innerText`) != "" }, 30*time.Second, 20*time.Millisecond)
	assert.Equal(t, []string{"Vanha avokado löytyy yhä."}, eval[[]string](p, titles))
	assert.Equal(t, "Löytyi 1 artikkeli. Haku kävi läpi 121 artikkelia.", eval[string](p, `document.getElementById("tila").innerText`))
}

// TestCopyWithoutClipboard copies where a browser has no clipboard for the page,
// as on plain HTTP in a local network.
func TestCopyWithoutClipboard(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	p.show("")
	eval[bool](p, `Object.defineProperty(navigator, "clipboard", {value: undefined}) !== null`)
	p.do(chromedp.Click(chromedp.CSS(`button[aria-label="Kopioi osoite: Aluepäättäjille"]`)))
	p.do(chromedp.WaitVisible(chromedp.CSS(`button[aria-label="Kopioi osoite: Aluepäättäjille"] + [role=status]:not(:empty)`)))
	assert.Equal(t, "Kopioitu.", eval[string](p, `document.querySelector(".address [role=status]:not(:empty)").innerText`))
	assert.Equal(t, p.address+"/aluepaattajille.rss", eval[string](p, `getSelection().toString()`))
}
