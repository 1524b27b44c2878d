// Package samples provides the two real listings, parsed: to the command, for a
// run without a source, and to tests and benchmarks.
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
		panic(err) // the pattern is valid
	}
	var all []vatesfeed.Listing
	for _, name := range names {
		text, err := testdata.Listings.ReadFile(name)
		if err != nil {
			panic(err) // the file is embedded
		}
		listings, err := vatesfeed.Parse(name, bytes.NewReader(text))
		if err != nil {
			panic(err) // tests read it too
		}
		all = append(all, listings...)
	}
	return all
}
