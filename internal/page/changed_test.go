package page

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
)

// TestChangedPages changes the pages in testdata in ways that leave their entries as
// they are: a page without blanks between its blocks, and one with the first or the
// last three entries only, has the same articles.
func TestChangedPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	require.NoError(t, err)
	fewer := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		changed := func(entries []*item, change func(root *html.Node)) {
			root, err := html.Parse(bytes.NewReader(body))
			require.NoError(t, err)
			change(root)
			var page bytes.Buffer
			require.NoError(t, html.Render(&page, root))
			assert.Equal(t, saidOf(entries), saidOf(itemsOf(t, page.Bytes())), file)
		}
		items := itemsOf(t, body)
		changed(items, removeBlanks)
		isElement := func(it *item) bool { return it.entry != nil && it.err == nil && !it.entry.flat && !it.entry.isMore }
		if len(items) < 4 || slices.ContainsFunc(items, func(it *item) bool { return !isElement(it) }) {
			continue
		}
		fewer++
		n := len(items)
		for _, kept := range [][]*item{items[:3], items[n-3:]} {
			changed(kept, func(root *html.Node) {
				nodes := newDocument(root, len(body)).nodes // the same as when they were read
				for _, it := range items {
					if n := nodes[it.entry.mark.unit].Node; !slices.Contains(kept, it) {
						n.Parent.RemoveChild(n)
					}
				}
			})
		}
	}
	assert.Greater(t, fewer, 50)
}

// itemsOf returns the items of a page in its order.
func itemsOf(t *testing.T, page []byte) []*item {
	d, err := parse(page, address)
	require.NoError(t, err)
	var items []*item
	for _, s := range d.sections {
		items = append(items, s.items...)
	}
	slices.SortStableFunc(items, func(a, b *item) int {
		if a.entry == nil || b.entry == nil {
			return 0
		}
		return a.entry.start - b.entry.start
	})
	return items
}

func saidOf(items []*item) string {
	var all []string
	for _, it := range items {
		all = append(all, it.Date.String()+" "+it.Title+" "+it.Link)
	}
	return strings.Join(all, "\n")
}

// removeBlanks removes the blank texts beside blocks.
func removeBlanks(root *html.Node) {
	isBlock := func(n *html.Node) bool { return n == nil || htmltext.IsBlock(n.DataAtom) }
	var blanks []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.TextNode && text.IsBlank(n.Data) && isBlock(n.Parent) && (isBlock(n.PrevSibling) || isBlock(n.NextSibling)) {
			blanks = append(blanks, n)
		}
	}
	for _, n := range blanks {
		n.Parent.RemoveChild(n)
	}
}
