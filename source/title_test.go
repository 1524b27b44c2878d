package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestOwnTitles reads titles back that look like HTML from feeds that this
// module wrote.
func TestOwnTitles(t *testing.T) {
	for _, title := range []string{"a < b & c", "<script>alert(1)</script>", "&lt;", "&amp;lt; & <b>"} {
		a := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Title: title, Summary: "S.", Sections: []string{title}}
		for _, format := range vatesfeed.Formats() {
			var b strings.Builder
			require.NoError(t, (&vatesfeed.Feed{Articles: []vatesfeed.Article{a}, Sections: a.Sections}).Write(&b, format))
			listings, err := new(Client).Read("feed", "", strings.NewReader(b.String()))
			require.NoError(t, err)
			got := listings[0].Articles[0]
			assert.Equal(t, title, got.Title, format)
			assert.Equal(t, a.Sections, got.Sections, format)
		}
	}
}
