// Package byline reads the names of writers.
package byline

import (
	"regexp"
	"strings"
	"sync"
)

// A name is two to four words with capitals.
const (
	name  = `\p{Lu}[\p{L}.’'-]*(?: (?:af|de|van|von))?(?: \p{Lu}[\p{L}.’'-]*){1,3}`
	names = name + `(?:(?:,| ja| och| and| &) ` + name + `)*`
	words = `(?i:kirjoittanut|kirjoittaja|kirjoittajalta|tekijä|lähettänyt|julkaissut|teksti|(?:text|written|posted)(?: by)?|by|(?:skriven |text )?av)`
)

func once(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var (
	leading    = once(`^(` + names + `): `)
	introduced = once(`^` + words + `[ :]+(` + names + `)$`)
	word       = once(`^` + words + `(?:[ :]+|$)`)
	several    = once(`^` + names + `$`)
	between    = once(`, | ja | och | and | & `)
)

// Split returns the names in a text such as "Maija Meikäläinen ja Matti Virtanen".
// Any other text is one name.
func Split(s string) []string {
	if several().MatchString(s) {
		return between().Split(s, -1)
	}
	return []string{s}
}

// maxLeading is within how many bytes of a text the names at its beginning end.
const maxLeading = 150

// Leading returns the names at the beginning of a text such as "Maija Meikäläinen:
// Työ kuuluu kaikille", or nil.
func Leading(s string) []string {
	colon := strings.Index(s[:min(len(s), maxLeading)], ": ")
	if colon < 0 {
		return nil
	}
	if m := leading().FindStringSubmatch(s[:colon+2]); m != nil {
		return Split(m[1])
	}
	return nil
}

// Names returns the names of a byline such as "Teksti: Maija Meikäläinen", or
// "Maija Meikäläinen" alone. It returns nil for anything else.
func Names(s string) []string {
	if names := Introduced(s); names != nil {
		return names
	}
	if len(s) <= maxLeading && several().MatchString(s) {
		return Split(s)
	}
	return nil
}

// Without returns a byline without the word that introduces the names.
func Without(s string) string { return s[len(word().FindString(s)):] }

// Introduced is like Names, but wants a word such as "Teksti" or "By" before the
// names.
func Introduced(s string) []string {
	if len(s) > maxLeading {
		return nil
	}
	if m := introduced().FindStringSubmatch(s); m != nil {
		return Split(m[1])
	}
	return nil
}
