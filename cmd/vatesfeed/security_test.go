package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/source"
)

// TestSecurity compares SECURITY.md with the code: each statement in the part of
// what is bounded names tests that there are, and figures that are those of the
// command and of package source.
func TestSecurity(t *testing.T) {
	b, err := os.ReadFile("../../SECURITY.md")
	require.NoError(t, err)
	text := strings.Join(strings.Fields(string(b)), " ")
	tests := make(map[string]bool)
	err = filepath.WalkDir("../..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		b, err := os.ReadFile(name)
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(b), -1) {
			tests[m[1]] = true
		}
		return err
	})
	require.NoError(t, err)
	bounded, _, ok := strings.Cut(string(b), "## What is not bounded")
	require.True(t, ok)
	named := regexp.MustCompile("`(Test\\w+)`")
	for _, statement := range strings.Split(bounded, "\n- ")[1:] {
		assert.Regexp(t, named, statement)
	}
	for _, m := range named.FindAllStringSubmatch(bounded, -1) {
		assert.True(t, tests[m[1]], "no test %s", m[1])
	}
	for _, figure := range []string{
		fmt.Sprintf("A URL may answer with %d MiB after", source.MaxBody>>20),
		fmt.Sprintf("A URL may answer with %d articles", source.MaxArticles),
		fmt.Sprintf("in a file may have %d MiB,", source.MaxFile>>20),
		fmt.Sprintf("takes %.0f seconds at most, tries", source.DefaultTimeout.Seconds()),
		fmt.Sprintf("at most %d sections of one source, with names of at most %d characters", source.MaxSections, source.MaxSectionName),
		fmt.Sprintf("logs at most %d problems", maxLogged),
		fmt.Sprintf("%.0f seconds to ask, in %d KiB of headers, and %.0f seconds to read", readTimeout.Seconds(), maxHeader>>10, writeTimeout.Seconds()),
		fmt.Sprintf("is kept for %.0f seconds", idleTimeout.Seconds()),
		fmt.Sprintf("At most %d connections", maxClients),
		fmt.Sprintf("A page may answer with %d MiB", source.MaxArticlePage>>20),
		fmt.Sprintf("A run reads at most %d pages", defaultPages),
		fmt.Sprintf("begins none after %.0f seconds", maxReading.Seconds()),
		fmt.Sprintf("at most %d authors", source.MaxAuthors),
	} {
		assert.Contains(t, text, figure)
	}
}

func TestPrintable(t *testing.T) {
	for s, want := range map[string]string{
		"sana\nä":                           "sana\nä",
		"\x1b[31m\a\u202e\u009b":            "\uFFFD[31m\uFFFD\uFFFD\uFFFD",
		"http://u:secret@h/: not a \x00URL": "http://u:xxxxx@h/: not a \uFFFDURL",
	} {
		assert.Equal(t, want, printable(s))
	}
}
