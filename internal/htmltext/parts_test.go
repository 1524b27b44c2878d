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

func TestParts(t *testing.T) {
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
		"drawing":    {"<svg><title>A</title><style>a<b</style></svg><script>a<b && c<d</script>", 14},
		"in drawing": {"<svg><title><div>" + fonts.String() + "</div>" + strings.Repeat("<p>x", 100), 50_000},
		"hidden":     {"<svg><title><svg></title></svg><title><div>" + fonts.String() + "</div>" + strings.Repeat("<p>x", 100), 50_000},
		"ends":       {strings.Repeat("</p>", 100), 101},
		"attributes": {"<p " + strings.Join(names, " ") + ">", 101},
	} {
		made := parts(test.page)
		counted := Parts([]byte(test.page), 1_000_000)
		assert.GreaterOrEqual(t, counted, made/2, name)
		assert.LessOrEqual(t, counted, test.max, name)
		assert.Equal(t, min(counted, 10), Parts([]byte(test.page), 9), name)
	}
}

// FuzzParts looks for pages of which a parser makes much more than is
// counted. A cell of a table can bring a row, its group, and more.
func FuzzParts(f *testing.F) {
	f.Add("<div><b a=1><i b=2></div><p>x</p><p>y</p>", 3)
	f.Add("<table><td>x</table>", 9)
	f.Add("<b><p>x</b>y<p>z", 5)
	f.Add("</p></br>", 5)
	f.Add("<svg><title><b a=1><b a=2><p>x</title>", 5)
	f.Add("<math><style><svg></style></math><title><i><p>x", 5)
	f.Add("<a><div><a><div><a>", 5)
	f.Fuzz(func(t *testing.T, page string, times int) {
		page = strings.Repeat(page, min(max(times, 0), 1000))
		if made := parts(page); made > 100+8*Parts([]byte(page), made) {
			t.Errorf("%d parts are made", made)
		}
	})
}
