// Package samples gives tests the two real listings.
package samples

import (
	"bytes"
	"testing"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/testdata"
)

// Listings returns the listings of Alueyhteistyö and Aluepäättäjille.
func Listings(t testing.TB) []vatesfeed.Listing {
	t.Helper()
	var all []vatesfeed.Listing
	for _, name := range []string{"alueyhteistyo-2024-01.txt", "aluepaattajille-2024-01.txt"} {
		text, err := testdata.Listings.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		listings, err := vatesfeed.Parse(name, bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, listings...)
	}
	return all
}
