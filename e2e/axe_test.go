package e2e

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runAxe runs the rules of WCAG 2.2 A and AA and of good practice. The rule on
// the size of targets is part of 2.2 AA, and off unless asked for.
const runAxe = `axe.run({
	runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
	rules: {"target-size": {enabled: true}},
}).then((results) => {
	const lines = (rules) => rules.flatMap((r) => r.nodes.map((n) => r.id + " at " + n.target.join(" ") + ": " + n.failureSummary));
	return {violations: lines(results.violations), unsure: lines(results.incomplete), passed: results.passes.map((r) => r.id)};
})`

// TestAxe looks for barriers with axe-core: in light and dark colours, on wide
// and narrow screens, and on a page that has been used.
func TestAxe(t *testing.T) {
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "run npm ci in e2e (Debian packages nodejs and npm)")
	p := open(t, serve(t, leaders, cooperation))
	check := func(what string) {
		t.Helper()
		p.do(chromedp.Evaluate[chromedp.Void](string(axe)))
		found := eval[struct{ Violations, Unsure, Passed []string }](p, runAxe)
		assert.Empty(t, found.Violations, what)
		assert.Empty(t, found.Unsure, "%s: what axe-core cannot tell, a person has to look at", what)
		assert.Subset(t, found.Passed, []string{"color-contrast", "target-size", "html-has-lang", "region"}, what)
	}
	for _, colours := range []string{"light", "dark"} {
		p.colours(colours)
		for _, width := range []int64{1280, 320} {
			p.size(width, 800)
			for _, page := range pages {
				p.show(page)
				require.True(t, eval[bool](p, `matchMedia("(prefers-color-scheme: `+colours+`)").matches`))
				check(fmt.Sprintf("%s, %s colours, %d pixels wide", page, colours, width))
			}
		}
		p.show("")
		p.do(chromedp.SendKeys(chromedp.CSS("#hakusana"), "unelmien"))
		check("after a search, " + colours + " colours")
	}
}
