package site

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
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
		if slug := before[name]; !taken[slug] && slices.Contains(candidates(name), slug) {
			taken[slug] = true
			slugs[name] = slug
		}
	}
	for _, name := range slices.Sorted(slices.Values(names)) {
		if slugs[name] != "" {
			continue
		}
		for _, slug := range candidates(name) {
			if !taken[slug] {
				taken[slug] = true
				slugs[name] = slug
				break
			}
		}
	}
	return slugs
}

// ownEnd is how a slug ends that has something of its own behind it.
var ownEnd = regexp.MustCompile(`-([0-9a-f]{8}|[0-9a-f]{32})$`)

// candidates returns the slugs that a section may have. No other has the last.
func candidates(name string) []string {
	sum := sha256.Sum256([]byte(name))
	slug := short(name)
	own := []string{fmt.Sprintf("%s-%x", slug, sum[:4]), fmt.Sprintf("%s-%x", slug, sum[:16])}
	if slug != vatesfeed.Slug(name) || strings.HasPrefix(slug, yearSlug) || ownEnd.MatchString(slug) {
		return own
	}
	return append([]string{slug}, own...)
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
