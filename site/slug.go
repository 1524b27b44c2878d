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

// reserved has slugs that no section may have.
var reserved = map[string]bool{all: true, "index": true, "feeds": true, "404": true, "healthz": true}

// maxSlug is the greatest length of vatesfeed.Slug in a section's slug. A hash may
// follow. File systems allow names of 255 bytes.
const maxSlug = 80

// slugs returns the slugs of sections. A section keeps the slug that it had before,
// so that a URL never becomes that of another section. If several new sections have
// the same slug, the first in alphabetical order gets it, and the others get it
// with a hash of their name appended.
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

// ownEnd matches the hash at the end of a slug.
var ownEnd = regexp.MustCompile(`-([0-9a-f]{8}|[0-9a-f]{32})$`)

// candidates returns the slugs that a section may have. The last is unique.
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

// Slugs returns the slug of each section, by its name. The slug is the name of the
// section's files without their extensions.
func (t *Tree) Slugs() map[string]string {
	slugs := make(map[string]string)
	for _, c := range t.channels {
		if c.Name != "" {
			slugs[c.Name] = c.Slug
		}
	}
	return slugs
}
