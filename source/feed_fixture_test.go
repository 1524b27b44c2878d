package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestFeeds reads the feeds of testdata/feeds, and compares each with the file of
// the same name that ends in .want. To add a test, add a pair of files.
func TestFeeds(t *testing.T) {
	for _, name := range fixtures(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			body, err := os.ReadFile(name)
			require.NoError(t, err)
			want, err := os.ReadFile(wantOf(name))
			require.NoError(t, err)
			listings, err := readBody("test", body, "", nil)
			listings = finish("test", listings)
			assert.Equal(t, string(want), describeListings(listings, err))
			if err != nil {
				return
			}
			// The IDs, and what a reader sees, go through every format and back.
			articles := vatesfeed.Merge(listings...)
			for _, format := range vatesfeed.Formats() {
				again, err := readBody("again", writeFeed(t, articles, format), "", nil)
				require.NoError(t, err)
				assert.Empty(t, again[0].Problems)
				assert.Equal(t, articles, again[0].Articles, format)
			}
		})
	}
}

func wantOf(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) + ".want" }

func fixtures(t testing.TB) []string {
	var names []string
	for _, pattern := range []string{"*.xml", "*.json"} {
		found, err := filepath.Glob(filepath.Join("testdata", "feeds", pattern))
		require.NoError(t, err)
		names = append(names, found...)
	}
	require.NotEmpty(t, names)
	return names
}

// describeListings returns what a feed says as lines of text.
func describeListings(listings []vatesfeed.Listing, err error) string {
	var b strings.Builder
	for _, l := range listings {
		fmt.Fprintf(&b, "%s %s\n", l.Heading, l.URL)
		for _, a := range l.Articles {
			fmt.Fprintf(&b, "\n%v %s\n", a.Date, a.Title)
			fmt.Fprintf(&b, "  id       %q\n", a.GUID)
			fmt.Fprintf(&b, "  link     %s\n", a.Link)
			fmt.Fprintf(&b, "  sections %s\n", strings.Join(a.Sections, "; "))
			for p := range strings.SplitSeq(a.Summary, "\n\n") {
				fmt.Fprintf(&b, "  | %s\n", p)
			}
		}
		for _, p := range l.Problems {
			fmt.Fprintf(&b, "\n%v\n", p)
			if p.Text != "" {
				fmt.Fprintf(&b, "  left out: %q\n", p.Text)
			}
		}
		fmt.Fprintf(&b, "\n%d of %d articles differ\n", len(vatesfeed.Merge(l)), len(l.Articles))
	}
	if err != nil {
		fmt.Fprintf(&b, "\nerror: %v\n", err)
	}
	return b.String()
}
