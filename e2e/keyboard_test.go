package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listStops keeps everything that the Tab key should stop at, in the page's
// order, and returns how many there are.
const listStops = `(window.stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((e) => e.tabIndex >= 0 && e.checkVisibility())).length`

// A focus is what has the focus, and how one sees that.
type focus struct {
	Stop    int // its place among the stops; -1 if it is none
	What    string
	Outline string  // its style
	Width   float64 // of the outline
	InView  bool    // all of it, with its outline
}

// focused is the expression for the focus, once the page has scrolled there.
const focused = `(async () => {
	await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
	const width = parseFloat(style.outlineWidth), around = width + parseFloat(style.outlineOffset);
	return {
		stop: stops.indexOf(e),
		what: e.outerHTML.slice(0, 100),
		outline: style.outlineStyle,
		width: width,
		inView: box.top >= around && box.left >= around && box.bottom <= innerHeight - around && box.right <= innerWidth - around,
	};
})()`

// TestTab goes through each page with the Tab key, forwards and back: it stops
// at all that one can use, in the page's order, and one sees where.
func TestTab(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	check := func(f focus, want int) {
		t.Helper()
		require.Equal(t, want, f.Stop, f.What)
		assert.NotEqual(t, "none", f.Outline, f.What)
		assert.GreaterOrEqual(t, f.Width, 2.0, f.What)
		assert.True(t, f.InView, "not all in view: %s", f.What)
	}
	for _, page := range pages {
		p.show(page)
		n := eval[int](p, listStops)
		require.Greater(t, n, 5)
		for i := range n {
			p.press(kb.Tab)
			check(eval[focus](p, focused), i)
		}
		for i := n - 2; i >= 0; i-- {
			p.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)))
			check(eval[focus](p, focused), i)
		}
	}
}

// TestKeys does with keys alone what people come for.
func TestKeys(t *testing.T) {
	p := open(t, serve(t, leaders, cooperation))
	// tabTo presses Tab until something has the focus.
	tabTo := func(selector string) {
		t.Helper()
		for range 200 {
			p.press(kb.Tab)
			if eval[bool](p, "document.activeElement.matches(`"+selector+"`)") {
				return
			}
		}
		t.Fatal("Tab does not reach " + selector)
	}
	const skipInView = `document.querySelector(".skip").getBoundingClientRect().right > 0`

	p.show("")
	assert.False(t, eval[bool](p, skipInView))
	p.press(kb.Tab)
	assert.True(t, eval[bool](p, `document.activeElement.matches(".skip")`), "the first stop skips to the content")
	assert.True(t, eval[bool](p, skipInView))
	p.press(kb.Enter)
	assert.Equal(t, "MAIN", eval[string](p, `document.activeElement.tagName`))
	assert.False(t, eval[bool](p, skipInView))
	p.press(kb.Tab)
	assert.True(t, eval[bool](p, `document.activeElement === document.querySelector("main a[href]")`), "Tab goes on from there")

	tabTo("#hakusana")
	p.press("unelmien")
	require.Eventually(t, func() bool { return len(eval[[]string](p, titles)) == 1 }, 30*time.Second, 20*time.Millisecond)
	assert.Equal(t, []string{"Kohti unelmien ekosysteemiä"}, eval[[]string](p, titles))

	p.show("")
	tabTo(`.filter a[href="alueyhteistyo.html"]`)
	p.follow(chromedp.KeyEvent(kb.Enter), "alueyhteistyo.html")
	assert.Equal(t, titlesOf(published(t, p.address, "alueyhteistyo")), eval[[]string](p, titles))
}
