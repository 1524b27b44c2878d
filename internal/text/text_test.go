package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"
)

func TestIsPlain(t *testing.T) {
	for _, line := range []string{"", "a", "a b", "ä – ”b” … é", "Työ- ja elinkeino 23 %"} {
		assert.True(t, IsPlain(line), "%q", line)
	}
	for _, line := range []string{" ", " a", "a ", "a  b", "a\tb", "a\n\nb", "a\u0308", "a\u00a0b", "\xc3", "\xe2\x80", "a\x00", "\ufeffa", "a\u00ad"} {
		assert.False(t, IsPlain(line), "%q", line)
	}
}

// slowForID is AppendForID without its short cut.
func slowForID(s string) string {
	s, _ = Clean(s)
	return strings.Join(strings.Fields(norm.NFC.String(Visible(s))), "")
}

// FuzzText checks that the short cuts for plain text change nothing.
func FuzzText(f *testing.F) {
	for _, s := range []string{"Työ – ”elämä” a\u0308", "a\n\nb", " a\u00a0b\u200b\x00", "\xe2\x80\x93 \xc3\xa4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		assert.Equal(t, slowForID(s), string(AppendForID(nil, s)))
		if !IsPlain(s) {
			return
		}
		assert.Equal(t, s, strings.Join(strings.Fields(norm.NFC.String(s)), " "))
		assert.Equal(t, s, strings.ToValidUTF8(s, "!"))
		assert.Equal(t, s, Visible(s))
		for _, r := range s {
			assert.True(t, isText(r))
		}
	})
}

func TestUndirected(t *testing.T) {
	for s, want := range map[string]string{
		"sana":                     "sana",
		"a\u202ebc\u202cd":         "abcd",
		"\u2066a\u2069 \u200fשלום": "a \u200fשלום",
		"\u202a":                   "",
	} {
		assert.Equal(t, want, Undirected(s))
	}
}
