package page

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"golang.org/x/net/html"
)

// A finding is what Explain says of a part of the page.
type finding struct {
	node       int
	text, said string
}

// Explain writes, in the order of the page, each text that looks like a date
// and each sibling of an entry: what article it belongs to, or why it was left
// out, and where in the markup it is.
func Explain(w io.Writer, name string, body []byte, address *url.URL) error {
	d, err := parse(body, address)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var out bytes.Buffer
	all, entries := d.explainEntries()
	for _, m := range d.marks {
		if m.use == "" {
			m.use = "left out: outside the listing"
			if isCovered(entries, m.node) {
				m.use = "left out: in an entry that has another date"
			}
		}
		all = append(all, finding{m.node, m.text, m.use})
	}
	slices.SortStableFunc(all, func(a, b finding) int { return a.node - b.node })
	for _, f := range all {
		fmt.Fprintf(&out, "%s\n\t%s\n\t%s\n", f.text, f.said, d.pathTo(f.node))
	}
	fmt.Fprintf(&out, "%s: %d dates, %d entries\n", name, len(d.marks), len(entries))
	_, err = w.Write(out.Bytes())
	return err
}

// explainEntries says what became of the entries' dates, and finds the entries
// without a date and what stands beside the entries.
func (d *document) explainEntries() (all []finding, entries []*entry) {
	for _, s := range d.sections {
		for _, it := range s.items {
			if it.entry == nil {
				continue // the page says it only for machines
			}
			entries = append(entries, it.entry)
			m := it.entry.mark
			says := short(it.Title + " " + strings.ReplaceAll(it.Summary, "\n\n", " "))
			use := fmt.Sprintf("the date of article %d, %q", len(entries), says)
			if it.err != nil {
				use, says = "a problem: "+it.err.Error(), short(it.all)
			}
			switch {
			case it.entry.isMore:
				all = append(all, finding{it.entry.start, says, "below another: " + use})
				continue
			case m.text == "" && it.err != nil:
				all = append(all, finding{it.entry.start, says, use})
			}
			m.use = use
		}
	}
	slices.SortFunc(entries, func(a, b *entry) int { return a.start - b.start })
	parents := make(map[int]bool)
	for _, e := range entries {
		p := d.nodes[e.start].parent
		if p < 0 || parents[p] {
			continue
		}
		parents[p] = true
		for _, c := range d.children(p) {
			if says := d.nodeText(c); !isCovered(entries, c) && isRead(says) {
				all = append(all, finding{c, short(says), "left out: beside the entries, and not one"})
			}
		}
	}
	return all, entries
}

// isCovered reports whether a node is in one of some entries.
func isCovered(entries []*entry, node int) bool {
	k, ok := slices.BinarySearchFunc(entries, node, func(e *entry, node int) int { return e.start - node })
	return ok || k > 0 && node < entries[k-1].end
}

// short returns the beginning of a text.
func short(s string) string {
	const most = 60
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return strings.TrimSpace(s)
}

// pathTo returns the tags and classes of the elements around a node.
func (d *document) pathTo(i int) string {
	path := ""
	for ; i > 0; i = d.nodes[i].parent {
		if n := d.nodes[i]; n.Type != html.TextNode {
			path = " > " + strings.Join(append([]string{n.Data}, strings.Fields(htmltext.Attr(n.Node, "class"))...), ".") + path
		}
	}
	return strings.TrimPrefix(path, " > ")
}
