package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPinned looks at the workflows: each action is named by the hash of a
// commit, and nothing is whatever is newest on that day.
func TestPinned(t *testing.T) {
	pinned := regexp.MustCompile(`^\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	var files []string
	for _, pattern := range []string{"../../.github/workflows/*.yml", "../../examples/hosting/*.yml"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, names, pattern)
		files = append(files, names...)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.NotContains(t, string(b), "@latest", name)
		uses := 0
		for line := range strings.Lines(string(b)) {
			if _, action, ok := strings.Cut(line, "uses: "); ok {
				uses++
				assert.Regexp(t, pinned, strings.TrimSpace(action), name)
			}
		}
		assert.NotZero(t, uses, name)
	}
}

// TestReleaseTried looks for the version of goreleaser: what makes a release is
// what was tried.
func TestReleaseTried(t *testing.T) {
	version := regexp.MustCompile(`github\.com/goreleaser/goreleaser/v2@v\d+\.\d+\.\d+`)
	var found []string
	for _, name := range []string{"../../.ci/release", "../../.github/workflows/release.yml"} {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		versions := version.FindAllString(string(b), -1)
		require.Len(t, versions, 1, name)
		found = append(found, versions...)
	}
	assert.Equal(t, found[0], found[1])
}
