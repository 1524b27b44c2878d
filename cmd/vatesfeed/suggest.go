package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vatesfeed/vatesfeed"
)

// suggest adds to an unknown section's error the section that was likely meant.
func suggest(err error) error {
	var unknown *vatesfeed.UnknownSectionError
	if !errors.As(err, &unknown) {
		return err
	}
	wanted := vatesfeed.Slug(unknown.Name)
	near, nearest := "", len(wanted)/3+1
	for _, known := range unknown.Known {
		if d := distance(wanted, vatesfeed.Slug(known)); d < nearest {
			near, nearest = known, d
		}
	}
	if near == "" {
		return err
	}
	return fmt.Errorf("no section %q; did you mean %s? There are: %s", unknown.Name, near, strings.Join(unknown.Known, ", "))
}

// distance returns the Levenshtein distance of two ASCII strings: how many
// characters to put in, take out or replace makes b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1) // of the beginning of a to each beginning of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := before
			if a[i] != b[j] {
				replaced++
			}
			before = row[j+1]
			row[j+1] = min(replaced, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
