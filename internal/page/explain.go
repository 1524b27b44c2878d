package page

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Explain writes, in the order of the page, each text that looks like a date
// and each sibling of an entry: what article it belongs to, or why it was left
// out, and where in the markup it is.
func Explain(w io.Writer, name string, body []byte, address *url.URL) error {
	d, err := parse(body, address)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	type finding struct {
		node       int
		text, said string
	}
	var all []finding
	var entries []*item
	said := make(map[*mark]string)
	for _, s := range d.sections {
		for _, it := range s.items {
			if it.entry == nil {
				continue // the page says it only for machines
			}
			entries = append(entries, it)
			m := it.entry.mark
			if it.err == nil {
				said[m] = fmt.Sprintf("the date of article %d, %q", len(entries), short(it.Title+" "+strings.ReplaceAll(it.Summary, "\n\n", " ")))
				continue
			}
			said[m] = "a problem: " + it.err.Error()
			if m.text == "" {
				all = append(all, finding{it.entry.start, short(it.all), said[m]})
			}
		}
	}
	slices.SortFunc(entries, func(a, b *item) int { return a.entry.start - b.entry.start })
	covered := func(node int) bool {
		k, ok := slices.BinarySearchFunc(entries, node, func(it *item, node int) int { return it.entry.start - node })
		return ok || k > 0 && node < entries[k-1].entry.end
	}
	for _, m := range d.marks {
		switch {
		case said[m] != "":
		case m.use != "":
			said[m] = "left out: " + m.use
		case covered(m.node):
			said[m] = "left out: in an entry that has another date"
		default:
			said[m] = "left out: outside the listing"
		}
		all = append(all, finding{m.node, m.text, said[m]})
	}
	parents := make(map[int]bool)
	for _, it := range entries {
		p := d.nodes[it.entry.start].parent
		if parents[p] || p < 0 {
			continue
		}
		parents[p] = true
		for _, c := range d.children(p) {
			if n := &d.nodes[c]; !covered(c) && !d.isEmpty(n.from, n.to) {
				all = append(all, finding{c, short(d.says(c)), "left out: beside the entries, and not one"})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return a.node - b.node })
	for _, f := range all {
		if _, err := fmt.Fprintf(w, "%s\n\t%s\n\t%s\n", f.text, f.said, d.pathTo(f.node)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, "%s: %d dates, %d entries\n", name, len(d.marks), len(entries))
	return err
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
	var path []string
	for ; i > 0; i = d.nodes[i].parent {
		if d.nodes[i].Type != html.TextNode {
			path = append(path, strings.Join(append([]string{d.nodes[i].Data}, strings.Fields(attr(d.nodes[i].Node, "class"))...), "."))
		}
	}
	slices.Reverse(path)
	return strings.Join(path, " > ")
}
