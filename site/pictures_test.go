package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestPictures has a page with writers and pictures.
func TestPictures(t *testing.T) {
	day := vatesfeed.Date{Year: 2024, Month: 1, Day: 29}
	articles := []vatesfeed.Article{
		{Date: day, Title: "A", Summary: "S.", Authors: []string{"Maija <M>"}, Image: vatesfeed.Image{URL: "https://kuvat.example.org/a.jpg?x=1&y", Alt: `"Kuva"`, Width: 800, Height: 600}},
		{Date: day, Title: "B", Summary: "S.", Image: vatesfeed.Image{URL: "https://kuvat.example.org/b.jpg"}},
		{Date: day, Title: "C", Summary: "S.", Image: vatesfeed.Image{URL: "https://a;script-src.example.org/c.jpg"}},
		{Date: day, Title: "D", Summary: "S."},
	}
	for n := range maxPictureHosts {
		articles = append(articles, vatesfeed.Article{Date: day, Title: fmt.Sprint(n), Summary: "S.", Image: vatesfeed.Image{URL: fmt.Sprintf("http://%02d.example.org:8080/x.png", n)}})
	}
	tree, err := Build(articles, Options{})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, tree.File("index.html").Write(&b))
	page := b.String()
	assert.Contains(t, page, `<span>Maija &lt;M&gt;</span>`)
	assert.Contains(t, page, `<img class="picture" src="https://kuvat.example.org/a.jpg?x=1&amp;y" alt="&#34;Kuva&#34;" width="800" height="600" loading="lazy" referrerpolicy="no-referrer">`)
	assert.Contains(t, page, `<img class="picture" src="https://kuvat.example.org/b.jpg" alt="" loading="lazy" referrerpolicy="no-referrer">`)
	assert.Equal(t, 2+maxPictureHosts-1, strings.Count(page, "<img"), "the last host is one too many")
	assert.NotContains(t, page, "script-src.example.org")

	const images = "img-src 'self' https://kuvat.example.org http://00.example.org:8080 "
	assert.Contains(t, strings.ReplaceAll(page, "&#39;", "'"), images)
	var h Handler
	_, err = h.Publish(tree)
	require.NoError(t, err)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	assert.Contains(t, w.Header().Get("Content-Security-Policy"), images)
	assert.NotContains(t, w.Header().Get("Content-Security-Policy"), "09.example.org")
}
