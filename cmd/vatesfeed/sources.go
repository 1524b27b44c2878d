package main

import (
	"fmt"
	"io"
	"os"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/testdata"
)

// readSources returns the listings of the named sources, in their order, or
// those that come with the program where none is named.
func readSources(names []string, stdin io.Reader, stderr io.Writer) ([]vatesfeed.Listing, error) {
	var all []vatesfeed.Listing
	add := func(name string, r io.Reader) error {
		listings, err := vatesfeed.Parse(name, r)
		all = append(all, listings...)
		return err
	}
	if len(names) == 0 {
		fmt.Fprintln(stderr, "vatesfeed: no source given, so this is from two listings of January 2024 that come with the program")
		entries, err := testdata.Listings.ReadDir(".")
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			f, err := testdata.Listings.Open(e.Name())
			if err != nil {
				return nil, err
			}
			if err := add(e.Name(), f); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
	for _, name := range names {
		if name == "-" {
			if err := add("standard input", stdin); err != nil {
				return nil, err
			}
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		err = add(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
