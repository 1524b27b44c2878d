package site

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
)

// reserved are the names of files that are no section's.
var reserved = map[string]bool{all: true, "index": true, "feeds": true, "404": true, "healthz": true}

// maxSlug is how long the name of a section's files may be: file systems take
// 255 bytes, with an ending.
const maxSlug = 80

// slugs returns what the files of sections are called. A section keeps the slug
// that it had before, so that an address never changes over to another section.
// Of several new names with the same slug the first in the order of the alphabet
// has it, and the others have something of their own behind it.
func slugs(names []string, before map[string]string) map[string]string {
	taken := maps.Clone(reserved)
	slugs := make(map[string]string)
	for _, name := range names {
		if slug := before[name]; slug != "" && !taken[slug] && strings.HasPrefix(slug, short(name)) {
			taken[slug] = true
			slugs[name] = slug
		}
	}
	for _, name := range slices.Sorted(slices.Values(names)) {
		if slugs[name] != "" {
			continue
		}
		slug := short(name)
		if taken[slug] || strings.HasPrefix(slug, yearSlug) || slug != vatesfeed.Slug(name) {
			sum := sha256.Sum256([]byte(name))
			slug = fmt.Sprintf("%s-%x", slug, sum[:4])
		}
		taken[slug] = true
		slugs[name] = slug
	}
	return slugs
}

func short(name string) string {
	slug := vatesfeed.Slug(name)
	return strings.TrimRight(slug[:min(len(slug), maxSlug)], "-")
}

// Slugs returns the names of each section's files, without their endings, by
// the names of the sections.
func (t *Tree) Slugs() map[string]string {
	slugs := make(map[string]string)
	for _, c := range t.channels {
		if c.Name != "" {
			slugs[c.Name] = c.Slug
		}
	}
	return slugs
}
