// Package samples gives the two real listings as articles: to the command, for
// a first run without a source, and to tests and benchmarks.
package samples

import (
	"bytes"
	"io/fs"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/testdata"
)

// Listings returns the listings of Aluepäättäjille and Alueyhteistyö.
func Listings() []vatesfeed.Listing {
	names, err := fs.Glob(testdata.Listings, "*.txt")
	if err != nil {
		panic(err) // the pattern is right
	}
	var all []vatesfeed.Listing
	for _, name := range names {
		text, err := testdata.Listings.ReadFile(name)
		if err != nil {
			panic(err) // it is linked in
		}
		listings, err := vatesfeed.Parse(name, bytes.NewReader(text))
		if err != nil {
			panic(err) // as tests show, it can be read
		}
		all = append(all, listings...)
	}
	return all
}
