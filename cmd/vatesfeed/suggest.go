package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
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
		if d := levenshtein.ComputeDistance(wanted, vatesfeed.Slug(known)); d < nearest {
			near, nearest = known, d
		}
	}
	if near == "" {
		return err
	}
	return fmt.Errorf("no section %q; did you mean %s? There are: %s", unknown.Name, near, strings.Join(unknown.Known, ", "))
}
