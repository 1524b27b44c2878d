package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vatesfeed/vatesfeed"
)

// suggest adds the most similar section to the error for an unknown section.
func suggest(err error) error {
	var unknown *vatesfeed.UnknownSectionError
	if !errors.As(err, &unknown) {
		return err
	}
	near := nearest(vatesfeed.Slug(unknown.Name), unknown.Known, vatesfeed.Slug)
	if near == "" {
		return err
	}
	return fmt.Errorf("no section %q; did you mean %s? There are: %s", unknown.Name, near, strings.Join(unknown.Known, ", "))
}

// nearest returns the name whose form is nearest to what was wanted, or "" where
// more than a third of that would have to change.
func nearest(wanted string, names []string, form func(string) string) string {
	near, least := "", len(wanted)/3+1
	for _, name := range names {
		if d := distance(wanted, form(name)); d < least {
			near, least = name, d
		}
	}
	return near
}

// distance returns the Levenshtein distance of two ASCII strings: the least number
// of insertions, deletions and replacements of a character that turns a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1) // the distances of a[:i] from each b[:j]
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
