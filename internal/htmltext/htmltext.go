// Package htmltext turns pieces of HTML into plain text.
package htmltext

import (
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsBlock reports whether an element begins and ends a line.
func IsBlock(a atom.Atom) bool { return block[a] }

// IsSilent reports whether an element's content is not shown as text, or only
// captions something that is not text.
func IsSilent(a atom.Atom) bool { return silent[a] }

var block = setOf(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Dd, atom.Details,
	atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3,
	atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P,
	atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul)

var silent = setOf(atom.Head, atom.Title, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math,
	atom.Figcaption, atom.Button, atom.Select, atom.Textarea, atom.Iframe, atom.Audio, atom.Video, atom.Object, atom.Canvas,
	atom.Dialog)

func setOf(atoms ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(atoms))
	for _, a := range atoms {
		set[a] = true
	}
	return set
}

// Attr returns the value of an element's attribute, or "".
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// Text returns the text of an HTML fragment, with a blank line between paragraphs.
// Two <br> in a row begin a paragraph too.
func Text(fragment string) string {
	w := writer{breaks: 2}
	if open := w.read(fragment, true); open >= 0 {
		// A silent element without an end tag does not silence the rest.
		w.read(fragment[open:], false)
	}
	w.endLine()
	return w.text.String()
}

type writer struct {
	text   strings.Builder
	line   strings.Builder
	breaks int // since the last line: 1 for a <br>, 2 for the start or end of a block
}

// read adds the text of a fragment. If skip is set, it leaves out the content of
// silent elements. If the last of these has no end tag, read returns where its
// content begins, and else -1.
func (w *writer) read(fragment string, skip bool) int {
	z := html.NewTokenizer(strings.NewReader(fragment))
	at, open := 0, -1 // where the next token begins, and the content of the silent element
	var inside string // its tag
	depth := 0        // how many elements of that tag are open
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if inside == "script" || inside == "style" {
				return -1 // HTML reads these to the end too
			}
			return open
		}
		at += len(z.Raw())
		if kind == html.TextToken {
			if open < 0 {
				w.line.WriteString(html.UnescapeString(string(z.Raw())))
			}
			continue
		}
		if kind == html.CommentToken || kind == html.DoctypeToken {
			continue
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case open >= 0:
			switch {
			case string(name) != inside:
			case kind == html.StartTagToken:
				depth++
			case kind == html.EndTagToken:
				if depth--; depth == 0 {
					open = -1
				}
			}
		case skip && kind == html.StartTagToken && silent[tag]:
			open, inside, depth = at, string(name), 1
		case tag == atom.Br:
			w.endLine()
			w.breaks++
		case block[tag]:
			w.endLine()
			w.breaks = 2
		}
	}
}

// endLine adds the line that has been read to the text.
func (w *writer) endLine() {
	s, _ := text.Line(w.line.String())
	w.line.Reset()
	if s == "" {
		return
	}
	switch {
	case w.text.Len() == 0:
	case w.breaks == 1:
		w.text.WriteByte(' ')
	default:
		w.text.WriteString("\n\n")
	}
	w.text.WriteString(s)
	w.breaks = 0
}
