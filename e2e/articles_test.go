package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestArticles follows two articles from their own pages to readers: newsboat has
// their titles, writers and texts, and the page in Chromium their pictures too.
func TestArticles(t *testing.T) {
	var picture bytes.Buffer
	require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 60, 40))))
	sentence := "Työ, jota tehdään yhdessä, on kaikille parempi kuin yksin tehty."
	mux := http.NewServeMux()
	html := func(path, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	html("/blogi", `<html lang="fi"><title>Blogi</title><h1>Blogi</h1>
<article><time datetime="2024-01-29"></time><p>Ensimmäinen tiivistelmä.</p><a href="/blogi/1">Lue lisää</a></article>
<article><time datetime="2024-01-28"></time><p>Toinen tiivistelmä.</p><a href="/blogi/2">Lue lisää</a></article>`)
	for n := 1; n <= 2; n++ {
		html(fmt.Sprintf("/blogi/%d", n), fmt.Sprintf(`<title>Otsikko &amp; %d | Blogi</title><meta property="og:site_name" content="Blogi"><meta name="author" content="Maija Meikäläinen">
<meta property="og:image" content="/kuva%d.png"><meta property="og:image:alt" content="Kuva %d"><meta property="og:image:width" content="60"><meta property="og:image:height" content="40">
<h1>Otsikko &amp; %d</h1><div>%s</div>`, n, n, n, n, strings.Repeat("<p onclick=\"alert(1)\">"+sentence+"</p>", 10)))
		mux.HandleFunc(fmt.Sprintf("/kuva%d.png", n), func(w http.ResponseWriter, _ *http.Request) { w.Write(picture.Bytes()) })
	}
	blog := httptest.NewServer(mux)
	defer blog.Close()
	address := serve(t, "-articles", "full", blog.URL+"/blogi")
	require.Eventually(t, func() bool { return published(t, address, "kaikki")[1].Title == "Otsikko & 2" }, time.Minute, 100*time.Millisecond)

	for _, format := range []string{"rss", "atom"} {
		s := subscribe(t, address+"/kaikki."+format)
		s.newsboat(t, "-x", "reload")
		var rows []struct{ Title, Author, Content string }
		require.NoError(t, json.Unmarshal([]byte(s.sqlite(t, "SELECT title, author, content FROM rss_item ORDER BY pubDate DESC")), &rows))
		require.Len(t, rows, 2, format)
		for n, row := range rows {
			assert.Equal(t, fmt.Sprintf("Otsikko & %d", n+1), row.Title, format)
			assert.Equal(t, "Maija Meikäläinen", row.Author, format)
			assert.Equal(t, 10, strings.Count(row.Content, sentence), format)
			assert.NotContains(t, row.Content, "alert", format)
		}
	}

	p := open(t, address, blog.URL)
	p.show("")
	assert.Equal(t, []string{"Otsikko & 1", "Otsikko & 2"}, eval[[]string](p, titles))
	assert.Equal(t, "Maija Meikäläinen", eval[string](p, `document.querySelector(".meta span").innerText`))
	p.do(chromedp.ScrollIntoView(chromedp.CSS(".picture")))
	require.Eventually(t, func() bool {
		return eval[int](p, `document.querySelector(".picture").naturalWidth`) == 60
	}, time.Minute, 100*time.Millisecond)
	assert.Equal(t, "Kuva 1", eval[string](p, `document.querySelector(".picture").alt`))
}
