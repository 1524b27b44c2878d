package archive_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/source"
)

// Example does what the command does with -archive. It reads a page twice, and
// keeps an article that is no longer on the page the second time.
func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	page, file := filepath.Join(dir, "page.txt"), filepath.Join(dir, "all.json")

	for _, text := range []string{
		"Blogi\n\n29.01.2024\n\nToinen kirjoitus.\n\n28.01.2024\n\nEnsimmäinen kirjoitus.\n",
		"Blogi\n\n30.01.2024\n\nKolmas kirjoitus.\n\n29.01.2024\n\nToinen kirjoitus.\n",
	} {
		if err := os.WriteFile(page, []byte(text), 0o666); err != nil {
			log.Fatal(err)
		}
		if err := remember(file, page); err != nil {
			log.Fatal(err)
		}
	}

	a, err := archive.Load(file)
	if err != nil {
		log.Fatal(err)
	}
	for _, article := range a.Articles() {
		fmt.Println(article.Date, article.Headline())
	}
	// Output:
	// 2024-01-30 Kolmas kirjoitus.
	// 2024-01-29 Toinen kirjoitus.
	// 2024-01-28 Ensimmäinen kirjoitus.
}

// remember brings an archive up to date.
func remember(file string, sources ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	unlock, err := archive.Lock(ctx, file)
	if err != nil {
		return err
	}
	defer unlock()
	a, err := archive.Load(file)
	if err != nil {
		return err
	}
	now := time.Now()
	toRead, waiting := a.Sources(now, sources...)
	results := append(new(source.Client).GetAll(ctx, toRead), waiting...)
	for _, problem := range a.Update(now, results) {
		log.Print(problem)
	}
	for _, r := range results {
		if r.Err != nil {
			log.Print(r.Err) // the source's articles stay in the archive
		}
	}
	_, err = a.Save(file)
	return err
}
