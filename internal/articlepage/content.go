package articlepage

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/byline"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/safehtml"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of a page whose text is read, beside safehtml.MaxSize: the time that
// package readability takes grows with the product of both. Of 214 pages of others,
// the largest had 2,836 elements, nested 51 deep.
const (
	maxElements = 20_000
	maxDepth    = 100
)

// ErrNoText is the error for a page over these limits, and for one without a text.
var ErrNoText = errors.New("no text was found")

// An extract is what package readability finds.
type extract struct {
	node    *html.Node // the text, or nil
	authors []string
}

// extractFrom finds the text of a page, which it changes.
func extractFrom(root *html.Node, base *url.URL) (x extract, err error) {
	elements, depth, text := measure(root, 0)
	if elements > maxElements || depth > maxDepth || text > safehtml.MaxSize {
		return x, fmt.Errorf("%w: the page has %d elements, nested %d deep, and %d KiB of text; at most %d, %d and %d", ErrNoText, elements, depth, text>>10, maxElements, maxDepth, safehtml.MaxSize>>10)
	}
	parser := readability.NewParser()
	found, err := parser.ParseAndMutate(root, base)
	if err != nil {
		return x, fmt.Errorf("%w: %w", ErrNoText, err)
	}
	return extract{found.Node, byline.Names(line(found.Byline()))}, nil
}

// image returns the first image of the text that has a size to be seen.
func (x extract) image(base *url.URL) (i vatesfeed.Image) {
	if x.node == nil {
		return i
	}
	for n := range x.node.Descendants() {
		if n.DataAtom != atom.Img {
			continue
		}
		i = vatesfeed.Image{URL: weburl.Absolute(base, htmltext.Attr(n, "src")), Alt: line(htmltext.Attr(n, "alt"))}
		i.Width, _ = strconv.Atoi(htmltext.Attr(n, "width"))
		i.Height, _ = strconv.Atoi(htmltext.Attr(n, "height"))
		if i = seen(i); i.URL != "" {
			return i
		}
	}
	return i
}

// content returns the text as clean HTML.
func (x extract) content(base *url.URL) (string, error) {
	if x.node == nil {
		return "", ErrNoText
	}
	clean, err := safehtml.Nodes(base, []*html.Node{x.node})
	if err == nil && clean == "" {
		err = ErrNoText
	} else if err != nil {
		err = fmt.Errorf("%w: %w", ErrNoText, err)
	}
	return clean, err
}

// measure returns the number of elements in a node, how deep they are nested, and how
// many bytes of text there are.
func measure(n *html.Node, depth int) (elements, deepest, text int) {
	switch n.Type {
	case html.ElementNode:
		elements, depth = 1, depth+1
	case html.TextNode:
		if !htmltext.IsSilent(n.Parent.DataAtom) {
			text = len(n.Data)
		}
	}
	deepest = depth
	for c := range n.ChildNodes() {
		e, d, t := measure(c, depth)
		elements, deepest, text = elements+e, max(deepest, d), text+t
	}
	return elements, deepest, text
}
