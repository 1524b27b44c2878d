package site_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/site"
	"github.com/vatesfeed/vatesfeed/source"
)

// articles returns those of a real listing.
func articles() []vatesfeed.Article {
	var client source.Client
	listings, err := client.Get(context.Background(), "../testdata/aluepaattajille-2024-01.txt")
	if err != nil {
		log.Fatal(err)
	}
	return vatesfeed.Merge(listings...)
}

func ExampleBuild() {
	tree, err := site.Build(articles(), site.Options{BaseURL: "https://feeds.example.org/"})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range tree.Files {
		if f.IsFeed {
			fmt.Println(f.FeedURL)
		}
	}
	// Output:
	// https://feeds.example.org/aluepaattajille.atom
	// https://feeds.example.org/aluepaattajille.json
	// https://feeds.example.org/aluepaattajille.rss
	// https://feeds.example.org/kaikki.atom
	// https://feeds.example.org/kaikki.json
	// https://feeds.example.org/kaikki.rss
}

// Writing a folder again touches only the files whose content changes.
func ExampleFolder_Write() {
	dir, err := os.MkdirTemp("", "feeds")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	folder, err := site.OpenFolder(context.Background(), dir)
	if err != nil {
		log.Fatal(err)
	}
	defer folder.Close()
	tree, err := site.Build(articles(), site.Options{Slugs: folder.Slugs()})
	if err != nil {
		log.Fatal(err)
	}
	for _, round := range []string{"first", "again"} {
		fmt.Println(round)
		changes, err := folder.Write(tree)
		if err != nil {
			log.Fatal(err)
		}
		for _, c := range changes {
			if strings.HasSuffix(c.Name, ".rss") {
				fmt.Println(c)
			}
		}
	}
	// Output:
	// first
	// new aluepaattajille.rss
	// new kaikki.rss
	// again
}

// A handler below a path of another server.
func ExampleHandler() {
	tree, err := site.Build(articles(), site.Options{Serve: true})
	if err != nil {
		log.Fatal(err)
	}
	feeds := &site.Handler{MaxAge: 10 * time.Minute}
	feeds.Publish(tree)
	mux := http.NewServeMux()
	mux.Handle("/feeds/", http.StripPrefix("/feeds", feeds))

	server := httptest.NewServer(mux)
	defer server.Close()
	resp, err := http.Get(server.URL + "/feeds/aluepaattajille.atom")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	fmt.Println(resp.Status)
	fmt.Println(resp.Header.Get("Content-Type"))
	fmt.Println(resp.Header.Get("Cache-Control"))
	// Output:
	// 200 OK
	// application/atom+xml; charset=utf-8
	// public, max-age=600
}
