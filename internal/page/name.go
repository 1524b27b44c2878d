package page

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

func head(paragraphs []string) (heading, section, intro string) {
	if len(paragraphs) > 0 && isName(strings.TrimRight(paragraphs[0], "?!")) {
		heading, section = paragraphs[0], paragraphs[0]
		paragraphs = paragraphs[1:]
		if len(paragraphs) > 0 && isName(paragraphs[0]) {
			section = paragraphs[0]
			paragraphs = paragraphs[1:]
		}
	}
	return heading, section, strings.Join(paragraphs, "\n\n")
}

func isName(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ` )]"'”’»`))
	if utf8.RuneCountInString(s) > 80 || strings.ContainsRune(".!?…:;,", end) {
		return false
	}
	_, rest, _ := uniseg.FirstSentenceInString(s, -1)
	return rest == ""
}
