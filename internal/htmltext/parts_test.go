package htmltext

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/html"
)

// parts returns what a parser makes of a page.
func parts(page string) (n int) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return 0
	}
	for c := range root.Descendants() {
		n += 1 + len(c.Attr)
	}
	return n
}

func TestHasMoreParts(t *testing.T) {
	var fonts, same strings.Builder
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprintf("a%d", i))
		fmt.Fprintf(&fonts, "<font a=%d>", i)
		same.WriteString("<b>")
	}
	for name, test := range map[string]struct {
		page string
		max  int
	}{
		"page":       {"<h1>A</h1><p class=x>B <a href=c>c</a>, <b>d</b>.</p>", 14},
		"opened":     {"<div>" + fonts.String() + "</div>" + strings.Repeat("<p>x</p>", 100), 20_600},
		"alike":      {"<div>" + same.String() + "</div>" + strings.Repeat("<p>x</p>", 100), 1_010},
		"closed":     {"<div>" + strings.Repeat("<b>x</b>", 100) + "</div>" + strings.Repeat("<p>x</p>", 100), 600},
		"links":      {strings.Repeat("<div><a href=x>y</div>", 100), 700},
		"ends":       {strings.Repeat("</p>", 100), 101},
		"attributes": {"<p " + strings.Join(names, " ") + ">", 101},
	} {
		made := parts(test.page)
		assert.True(t, HasMoreParts([]byte(test.page), made/2), "%s: %d are made", name, made)
		assert.False(t, HasMoreParts([]byte(test.page), test.max), "%s: %d are made", name, made)
	}
}

// FuzzHasMoreParts looks for pages of which a parser makes much more than is
// counted. A cell of a table can bring a row, its group, and more.
func FuzzHasMoreParts(f *testing.F) {
	f.Add("<div><b a=1><i b=2></div><p>x</p><p>y</p>", 3)
	f.Add("<table><td>x</table>", 9)
	f.Add("<b><p>x</b>y<p>z", 5)
	f.Add("</p></br>", 5)
	f.Add("<a><div><a><div><a>", 5)
	f.Fuzz(func(t *testing.T, page string, times int) {
		page = strings.Repeat(page, min(max(times, 0), 1000))
		if made := parts(page); made > 100 && !HasMoreParts([]byte(page), (made-100)/8) {
			t.Errorf("%d parts are made", made)
		}
	})
}
