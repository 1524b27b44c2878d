package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// endless reads as one text over and over, n bytes in all.
func endless(text string, n int64) io.Reader {
	return io.LimitReader(&repeated{text: strings.Repeat(text, 64<<10/len(text))}, n)
}

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(b []byte) (int, error) {
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// TestBadInputs has what people and disks give the command by mistake, and what
// others give it on purpose, with the whole message for each. F stands for the
// name of the file. Nothing takes more memory than some times its input.
func TestBadInputs(t *testing.T) {
	const noDate = "no articles: no line holds just a date, such as 29.01.2024; in a listing one stands above the summary and the title of each article"
	const noEntry = "no articles: the page has no part with one date and something to read"
	const deep = "html: open stack of elements exceeds 512 nodes"
	const item = `<item><title>T</title><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate>`
	rss := func(s string) string {
		return `<?xml version="1.0"?><rss version="2.0"><channel><title>X</title>` + s + `</channel></rss>`
	}
	for _, test := range []struct {
		name   string
		input  io.Reader // nil for a folder
		status int
		want   string // on standard error
		output string // a part of standard output, or !a part that is not there
	}{
		{"empty", strings.NewReader(""), 1, "vatesfeed: F: " + noDate, ""},
		{"only blank lines", strings.NewReader("\n \r\n\t\n\u00a0\n"), 1, "vatesfeed: F: " + noDate, ""},
		{"only headings", strings.NewReader("Siirry pääsisältöön\n\nArtikkelit\n\nBlogi\n"), 1, "vatesfeed: F: " + noDate, ""},
		{"binary", strings.NewReader("\x7fELF\x02\x01\x01\x00\x00"), 1, "vatesfeed: F: no articles: it is binary data, and neither a text listing, an HTML page, nor a feed", ""},
		{"a gigabyte of zeros", endless("\x00", 1<<30), 1, "vatesfeed: F: no articles: it is binary data, and neither a text listing, an HTML page, nor a feed", ""},
		{"a folder", nil, 1, "vatesfeed: F is a folder; name the files in it", ""},
		{"a gigabyte in a line", endless("x", 1<<30), 1, "vatesfeed: F:1: the line is too long: over 1 MiB", ""},
		{"a gigabyte in an entry", io.MultiReader(strings.NewReader("Blogi\n\n1.1.2024\n\n"), endless("xyz\n\n", 1<<30)), 1, "vatesfeed: F:3: the text between two dates is too long: over 16 MiB", ""},
		{"a gigabyte of HTML", endless("<p>x", 1<<30), 1, "vatesfeed: F: too large: over 128 MiB", ""},
		{"dates and no text", io.MultiReader(strings.NewReader("Blogi\n\n"), endless("1.1.2024\n", 9e6)), 1,
			"F:3: 1.1.2024 has no text under it\n…\nvatesfeed: and 999000 problems more\nvatesfeed: F: no articles: none of its dates has a readable entry", ""},
		{"year 0", strings.NewReader("Blogi\n\n1.1.0000\n\nS.\n"), 1, "F:3: \"1.1.0000\" is not a date: there is no such day\nvatesfeed: F: no articles: none of its dates has a readable entry", ""},
		{"year 9999", strings.NewReader("Blogi\n\n31.12.9999\n\nS.\n"), 0, "", "Fri, 31 Dec 9999 06:00:00 +0200"},
		{"UTF-16, cut short", strings.NewReader("\xff\xfeB\x00l\x00\n\x00\n\x001\x00.\x001\x00.\x002\x000\x002\x004\x00\n\x00\n\x00S\x00."), 0, "F:5: 1 byte or control character is not text, and replaced by U+FFFD", "<title>S�</title>"},

		{"empty page", strings.NewReader("<!doctype html>"), 1, "vatesfeed: F: " + noEntry, ""},
		{"page of headings", strings.NewReader("<h1>Blogi</h1><h2>1.1.2024</h2>"), 1, "vatesfeed: F: " + noEntry, ""},
		{"deep page", strings.NewReader(strings.Repeat("<div>", 100000)), 1, "vatesfeed: F: " + deep, ""},
		{"page of many links", strings.NewReader("<h1>Blogi</h1><ul><li>1.1.2024 <p>" + strings.Repeat(`<a href="/x">y</a> `, 100000) + "</p></li></ul>"), 0, "", "<link>https://www.vates.fi/x</link>"},
		{"page in year 0", strings.NewReader("<h1>Blogi</h1><p>1.1.0000</p><p>S.</p>"), 1, "F: \"1.1.0000\" is not a date: there is no such day\nvatesfeed: F: " + noEntry, ""},
		{"page with a bad byte", strings.NewReader("<h1>Blogi ä</h1>\n<p>1.1.2024</p><p>ä \xff.</p>"), 0, "F:2: something here is not text, and replaced by U+FFFD", "ä �."},

		{"empty feed", strings.NewReader(rss("")), 1, "vatesfeed: F: no articles: the feed has no item with a date", ""},
		{"feed cut short", strings.NewReader(rss(item)[:100]), 1, "vatesfeed: F: the feed is broken: XML syntax error on line 1: unexpected EOF", ""},
		{"feed without dates", strings.NewReader(rss("<item><title>T</title></item>")), 1, "F:1: item 1 has no date\nvatesfeed: F: no articles: the feed has no item with a date", ""},
		{"entity bomb", strings.NewReader(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("a", 1000) + `"><!ENTITY b "` + strings.Repeat("&a;", 1000) + `"><!ENTITY c "` + strings.Repeat("&b;", 1000) + `">]>` + rss(item + "<description>&c;</description></item>")[21:]), 0, "", "<description>&amp;amp;c;</description>"},
		{"javascript link", strings.NewReader(rss(item + "<link>javascript:alert(1)</link></item>")), 0, "", "!javascript"},
		{"script in a summary", strings.NewReader(rss(item + "<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;b onclick=x&gt;S&lt;/b&gt;</description></item>")), 0, "", "<description>S</description>"},
		{"JSON that is no feed", strings.NewReader(`{"error": "no"}`), 1, "vatesfeed: F: no articles: it is JSON, and no JSON Feed", ""},
		{"JSON cut short", strings.NewReader(`{"version": "https://jsonfeed.org/version/1.1", "items": [`), 1, "vatesfeed: F: the feed is broken: unexpected end of JSON input", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			name, stdin := "-", test.input
			if test.input == nil {
				name, stdin = t.TempDir(), strings.NewReader("")
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var stdout, stderr bytes.Buffer
			status := run(context.Background(), []string{name}, stdin, &stdout, &stderr)
			runtime.ReadMemStats(&after)
			assert.Equal(t, test.status, status)
			got := strings.TrimSuffix(strings.NewReplacer("standard input", "F", name+" is", "F is").Replace(stderr.String()), "\n")
			if first, last, ok := strings.Cut(test.want, "\n…\n"); ok {
				assert.True(t, strings.HasPrefix(got, first+"\n"), "%.200s", got)
				assert.True(t, strings.HasSuffix(got, "\n"+last), "%s", got[max(0, len(got)-300):])
			} else {
				assert.Equal(t, test.want, got)
			}
			if absent, ok := strings.CutPrefix(test.output, "!"); ok {
				assert.NotContains(t, stdout.String(), absent)
			} else {
				assert.Contains(t, stdout.String(), test.output)
			}
			assert.Equal(t, test.status == 0, stdout.Len() > 0)
			held := int64(after.Sys) - int64(before.Sys)
			limit := int64(1 << 30) // 128 MiB of a page are there twice while they grow
			assert.Less(t, held, limit, "bytes from the system")
		})
	}
}

func TestBadOutputs(t *testing.T) {
	dir := t.TempDir()
	listing := filepath.Join(dir, "listing.txt")
	require.NoError(t, os.WriteFile(listing, []byte("Blogi\n\n1.1.2024\n\nS.\n"), 0o600))
	check := func(status int, want string, stdout io.Writer, args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		assert.Equal(t, status, run(context.Background(), append(args, listing), strings.NewReader(""), stdout, &stderr))
		assert.Equal(t, want, stderr.String())
	}
	check(1, fmt.Sprintf("vatesfeed: %s is a folder, not a file\n", dir), io.Discard, "-o", dir)
	if runtime.GOOS != "windows" { // which says it in other words
		check(1, fmt.Sprintf("vatesfeed: stat %s/feed.rss: not a directory\n", listing), io.Discard, "-o", filepath.Join(listing, "feed.rss"))
	}
	r, w := io.Pipe()
	r.Close()
	check(1, "vatesfeed: io: read/write on closed pipe\n", w)
	if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil {
		check(1, "vatesfeed: write /dev/full: no space left on device\n", full)
		check(1, "vatesfeed: write /dev/full: no space left on device\n", io.Discard, "-o", "/dev/full")
	}
	if os.Getuid() > 0 { // not root, and not Windows, where everyone may read it
		require.NoError(t, os.Chmod(listing, 0))
		check(1, fmt.Sprintf("vatesfeed: open %s: permission denied\n", listing), io.Discard)
	}
}
