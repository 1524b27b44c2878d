package articlepage

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
)

// TestMarked measures how well the texts of pages are found that others made. The
// folder that VATESFEED_MARKED names has NAME.html and, with the text as somebody
// marked it, NAME.txt.
func TestMarked(t *testing.T) {
	dir := os.Getenv("VATESFEED_MARKED")
	if dir == "" {
		t.Skip("VATESFEED_MARKED is not set")
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
	require.NoError(t, err)
	var truth map[string]struct {
		URL     string   `json:"url"`
		Title   []string `json:"title"`  // any of these is right
		Images  []string `json:"images"` // parts of URLs
		Authors []string `json:"authors"`
	}
	if b, err := os.ReadFile(filepath.Join(dir, "truth.json")); err == nil {
		require.NoError(t, json.Unmarshal(b, &truth))
	}
	sum, titles, authors, images := 0.0, 0, 0, 0
	for _, name := range pages {
		page, err := os.ReadFile(name)
		require.NoError(t, err)
		text, err := os.ReadFile(strings.TrimSuffix(name, ".html") + ".txt")
		require.NoError(t, err)
		base := strings.TrimSuffix(filepath.Base(name), ".html")
		address, err := url.Parse(truth[base].URL)
		require.NoError(t, err)
		p, err := Read(page, address, true)
		if err != nil {
			t.Log(base, err)
		}
		score := f1(words(string(text)), words(htmltext.Text(p.Content)))
		sum += score
		want := truth[base]
		if slices.Contains(want.Title, p.Title) {
			titles++
		} else {
			t.Logf("%s: title %q, not %q", base, p.Title, want.Title)
		}
		if (len(p.Authors) == 0) == (len(want.Authors) == 0) && (len(p.Authors) == 0 || strings.Contains(strings.ToLower(p.Authors[0]), strings.ToLower(want.Authors[0]))) {
			authors++
		} else {
			t.Logf("%s: authors %q, not %q", base, p.Authors, want.Authors)
		}
		if isIn := func(part string) bool { return strings.Contains(p.Image.URL, part) }; (p.Image.URL == "") == (len(want.Images) == 0) && (p.Image.URL == "" || slices.ContainsFunc(want.Images, isIn)) {
			images++
		} else {
			t.Logf("%s: image %q, not %q", base, p.Image.URL, want.Images)
		}
		if score < 0.9 {
			t.Logf("%s: F1 %.3f", base, score)
		}
	}
	assert.Greater(t, sum/float64(len(pages)), 0.9)
	t.Logf("%d pages, mean F1 %.3f; right: %d titles, %d authors, %d images", len(pages), sum/float64(len(pages)), titles, authors, images)
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// f1 compares two texts by their words, each as often as it is there.
func f1(want, got []string) float64 {
	counts := make(map[string]int)
	for _, w := range want {
		counts[w]++
	}
	both := 0
	for _, w := range got {
		if counts[w] > 0 {
			counts[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(want)+len(got)))
}
