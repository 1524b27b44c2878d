package item

import (
	"html"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestRSSText has the text that an RSS title gets. Readers that take it for HTML
// and those that do not show the same, unless it looks like HTML.
func TestRSSText(t *testing.T) {
	for s, want := range map[string]string{
		"a < b":                     "a < b",
		"AT&T & co":                 "AT&T & co",
		"1 <2 > 3":                  "1 <2 > 3",
		"<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
		"<b":                        "&lt;b",
		"</p>":                      "&lt;/p&gt;",
		"<!-- x":                    "&lt;!-- x",
		"<?php":                     "&lt;?php",
		"&lt;":                      "&amp;lt;",
		"&#60;b":                    "&amp;#60;b",
		"&copy 2024":                "&amp;copy 2024",
		"&amp;lt;":                  "&amp;amp;lt;",
	} {
		got := RSSText(s)
		assert.Equal(t, want, got)
		assert.Equal(t, s, html.UnescapeString(got), "what a reader shows that takes it for HTML")
	}
}
