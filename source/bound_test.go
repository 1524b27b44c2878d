package source

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestBound reads sources whose articles have too many sections: in a feed's
// item, and on many pages of a text listing. Each has a problem that says so.
func TestBound(t *testing.T) {
	item := `<item><title>T</title><link>https://example.org/a</link><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate>`
	for i := range 400 {
		item += fmt.Sprintf("<category>osio %d</category>", i)
	}
	feed := `<?xml version="1.0"?><rss version="2.0"><channel><title>X</title>` + item + `</item></channel></rss>`
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "Siirry pääsisältöön\n\nArtikkelit\n\nOsio %d\n\n29.01.2024\n\nSama teksti.\n\n", i)
	}
	for name, input := range map[string]string{"feed": feed, "text": text.String()} {
		listings, err := new(Client).Read(name, "", strings.NewReader(input))
		require.NoError(t, err)
		articles := vatesfeed.Merge(listings...)
		require.Len(t, articles, 1)
		assert.Len(t, articles[0].Sections, MaxSections, name)
		left := 0
		for _, l := range listings {
			for _, p := range l.Problems {
				var n int
				_, err := fmt.Sscanf(p.Error(), name+": %d sections of the article of 2024-01-29 are left out", &n)
				require.NoError(t, err, p.Error())
				assert.ErrorIs(t, p, vatesfeed.ErrTooLong)
				left += n
			}
		}
		assert.Equal(t, 400-MaxSections, left, name)
	}
}

// TestManyArticles reads more articles than a URL may answer with. A file may
// have them.
func TestManyArticles(t *testing.T) {
	var text strings.Builder
	text.WriteString("Blogi\n")
	for i := range MaxArticles + 1 {
		fmt.Fprintf(&text, "\n1.1.2024\n\n%d\n", i)
	}
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) { io.WriteString(w, text.String()) })
	_, err := r.Get(t.Context(), address)
	assert.ErrorIs(t, err, ErrTooLarge)
	listings, err := r.Read("file", "", strings.NewReader(text.String()))
	require.NoError(t, err)
	assert.Len(t, listings[0].Articles, MaxArticles+1)
}

func TestBoundName(t *testing.T) {
	for n, want := range map[int]int{MaxSectionName: 1, MaxSectionName + 1: 0} {
		in := []vatesfeed.Listing{{Articles: []vatesfeed.Article{{Summary: "S.", Sections: []string{strings.Repeat("ä", n)}}}}}
		listings := bound("x", in)
		assert.Len(t, listings[0].Articles[0].Sections, want)
		assert.Len(t, listings[0].Problems, 1-want)
	}
}

// TestManyParts reads pages that are small enough, and have more parts than
// there is memory for.
func TestManyParts(t *testing.T) {
	const entry = "<h1>Blogi</h1><div><p>1.1.2024</p><p>Teksti on.</p></div>"
	var attributes strings.Builder
	for i := range maxParts {
		fmt.Fprintf(&attributes, " a%d", i)
	}
	var formatting strings.Builder
	for i := range 150 {
		fmt.Fprintf(&formatting, "<b a=%d>", i)
	}
	for name, page := range map[string]string{
		"elements":   strings.Repeat("<b></b>", maxParts),
		"texts":      strings.Repeat("x<p>", maxParts/2),
		"attributes": "<p" + attributes.String() + ">",
		"opened":     "<div>" + formatting.String() + "</div>" + strings.Repeat("<p>x</p>", 4000),
	} {
		_, err := new(Client).Read(name, "text/html", strings.NewReader(entry+page))
		assert.ErrorIs(t, err, ErrTooLarge, name)
	}
	text := strings.Repeat("sana ", maxParts)
	listings, err := new(Client).Read("long", "text/html", strings.NewReader(entry+"<p>"+text+"</p>"))
	require.NoError(t, err)
	assert.Len(t, listings[0].Articles, 1)
}
