package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFlagsShown looks for each flag in everything that shows them all.
func TestFlagsShown(t *testing.T) {
	man := manPage()
	seen := make(map[string]bool)
	for _, group := range new(options).flags() {
		for _, f := range group.flags {
			assert.False(t, seen[f.name], "-%s is there twice", f.name)
			seen[f.name] = true
			assert.Contains(t, help(), "\n  "+f.synopsis()+" ")
			assert.Contains(t, man, `\fB`+roff("-"+f.name)+`\fR`)
			assert.Contains(t, completion("bash"), "-"+f.name+" ")
			assert.Contains(t, completion("zsh"), "-"+f.name+"[")
			assert.Contains(t, completion("fish"), " -o "+f.name+" ")
		}
	}
}

func TestRoff(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"plain", "plain"},
		{"-o FILE", `\-o FILE`},
		{`a\b`, `a\eb`},
		{".SH\n.SH", "\\&.SH\n\\&.SH"},
		{"'it' isn't", `\&'it\(aq isn\(aqt`},
		{"ä", `\[u00E4]`},
	} {
		assert.Equal(t, test.want, roff(test.text), test.text)
	}
}

// TestManPage has groff and mandoc read the page, where they are installed.
func TestManPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vatesfeed.1")
	require.NoError(t, os.WriteFile(file, []byte(manPage()), 0o600))
	for _, tool := range [][]string{
		{"groff", "-man", "-ww", "-z", file},
		{"mandoc", "-Tlint", "-Wwarning", file},
	} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			continue
		}
		out, _ := exec.Command(tool[0], tool[1:]...).CombinedOutput()
		// The page has no date, so that a version has one page.
		complaints := regexp.MustCompile(`(?m)^.*missing date.*\n`).ReplaceAllString(string(out), "")
		assert.Empty(t, complaints, tool)
	}
}

// TestCompletions has each shell that is installed read its completions.
func TestCompletions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("its bash.exe may be that of another system")
	}
	for _, shell := range shells {
		if _, err := exec.LookPath(shell); err != nil {
			continue
		}
		c := exec.Command(shell, "-n")
		c.Stdin = strings.NewReader(completion(shell))
		out, err := c.CombinedOutput()
		assert.NoError(t, err, "%s: %s", shell, out)
	}
	if _, err := exec.LookPath("bash"); err == nil {
		script := completion("bash") + "compgen -W \"$(complete -p vatesfeed | sed \"s/.*-W '\\([^']*\\)'.*/\\1/\")\" -- -se\n"
		c := exec.Command("bash")
		c.Stdin = strings.NewReader(script)
		out, err := c.CombinedOutput()
		assert.NoError(t, err)
		assert.Equal(t, "-section\n-serve\n", string(out))
	}
}
