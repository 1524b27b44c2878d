package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/text/unicode/norm"
)

// FuzzCommandLine gives the command section names, dates and addresses as
// nobody would write them. It writes a whole feed or nothing, and says why.
func FuzzCommandLine(f *testing.F) {
	f.Add("Aluepäättäjille", "2024-01-25", "31.1.2024", "https://feeds.example.org/", "rss")
	f.Add(norm.NFD.String("ALUEPÄÄTTÄJILLE"), "1.1.0001", "31.12.9999", "https://ä/a.xml", "json")
	f.Add("alueyhteistyo", "29.2.2023", "", "http://[::1]:80/%zz?a#b", "atom")
	f.Add("\x00\x1b[31m", "0000-00-00", "x", "javascript:alert(1)", "rdf")
	f.Fuzz(func(t *testing.T, section, since, until, base, format string) {
		args := []string{"-section=" + section, "-base-url=" + base, "-format=" + format}
		if since != "" {
			args = append(args, "-since="+since)
		}
		if until != "" {
			args = append(args, "-until="+until)
		}
		var stdout, stderr bytes.Buffer
		status := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
		assert.Equal(t, status == 0, stdout.Len() > 0)
		assert.Contains(t, []int{0, 1, 2}, status)
		assert.NotEmpty(t, stderr.String())
		for line := range strings.Lines(stderr.String()) {
			assert.Equal(t, printable(line), line, "no control characters on the terminal")
		}
		slug := vatesfeed.Slug(section)
		assert.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, slug)
		if !strings.HasPrefix(slug, "osio-") {
			assert.Equal(t, slug, vatesfeed.Slug(slug))
		}
	})
}
