// Mount serves feeds below /feeds/ of a server that has pages of its own:
//
//	go run ./examples/mount localhost:8080 testdata/aluepaattajille-2024-01.txt
//
// The source is a file or a URL. It is read once; a server that runs for long
// reads it again now and then, and calls Publish with each new tree.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/site"
	"github.com/vatesfeed/vatesfeed/source"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: mount ADDRESS SOURCE")
	}
	address, name := os.Args[1], os.Args[2]
	tree, err := load(context.Background(), name)
	if err != nil {
		log.Fatal(err)
	}
	feeds := &site.Handler{MaxAge: 10 * time.Minute}
	feeds.Publish(tree)

	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "The feeds are below /feeds/.")
	})
	mux.Handle("/feeds/", http.StripPrefix("/feeds", feeds))
	log.Printf("http://%s/feeds/", address)
	log.Fatal(http.ListenAndServe(address, mux))
}

// load reads a source and makes the files of its feeds.
func load(ctx context.Context, name string) (*site.Tree, error) {
	var client source.Client
	listings, err := client.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, l := range listings {
		for _, p := range l.Problems {
			log.Print(p) // the other articles are not affected
		}
	}
	return site.Build(vatesfeed.Merge(listings...), site.Options{Serve: true})
}
