package source_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/source"
)

const page = `<!doctype html>
<html lang="fi"><body>
<h1>Blogi</h1>
<ul>
  <li>29.1.2024 <h2><a href="/blogi/yhdessa">Yhdessä eikä kilpaillen</a></h2> <p>Kolme kuntaa kokeilee uutta.</p></li>
  <li>26.1.2024 <h2><a href="/blogi/visio">Työ vaatii visiota</a></h2> <p>Mitä alueella tavoitellaan?</p></li>
</ul>
</body></html>`

// A page that the program already has, such as one that a browser saved.
func ExampleClient_Read() {
	client := source.Client{PageURL: "https://www.vates.fi/blogi"} // for relative links
	listings, err := client.Read("blogi.html", "text/html; charset=utf-8", strings.NewReader(page))
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range listings {
		fmt.Println(l.Section)
		for _, a := range l.Articles {
			fmt.Println(a.Date, a.Title, a.Link)
		}
	}
	// Output:
	// Blogi
	// 2024-01-29 Yhdessä eikä kilpaillen https://www.vates.fi/blogi/yhdessa
	// 2024-01-26 Työ vaatii visiota https://www.vates.fi/blogi/visio
}

func ExampleClient_Get() {
	var client source.Client
	listings, err := client.Get(context.Background(), "../testdata/aluepaattajille-2024-01.txt")
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range listings {
		fmt.Println(l.Section, len(l.Articles))
	}
	// Output: Aluepäättäjille 47
}

// Reading the same URL again costs little if its validators are sent along.
func ExampleClient_GetAll() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, page)
	}))
	defer server.Close()

	var client source.Client
	sources := []source.Source{{Name: server.URL + "/blogi"}}
	for range 2 {
		for i, r := range client.GetAll(context.Background(), sources) {
			if r.Err != nil {
				log.Fatal(r.Err)
			}
			fmt.Println("listings:", len(r.Listings), "unchanged:", r.Unchanged)
			sources[i] = r.Source // with the validators
		}
	}
	// Output:
	// listings: 1 unchanged: false
	// listings: 0 unchanged: true
}

// The listing above prints no authors, so their articles' own pages are read.
func ExamplePageReader() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/blogi/yhdessa" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `<title>Yhdessä eikä kilpaillen – Vates</title><meta name="author" content="Maija Meikäläinen"><h1>Yhdessä eikä kilpaillen</h1>`)
	}))
	defer server.Close()
	article := vatesfeed.Article{Summary: "Kolme kuntaa kokeilee uutta.", Link: server.URL + "/blogi/yhdessa"}
	reader := source.PageReader{Sites: []string{server.URL + "/blogi"}, Interval: time.Millisecond}
	page, err := reader.Read(context.Background(), article.Link)
	if err != nil {
		log.Fatal(err)
	}
	page.Complete(&article)
	fmt.Println(article.Title, article.Authors)
	// Output: Yhdessä eikä kilpaillen [Maija Meikäläinen]
}
