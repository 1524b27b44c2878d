package page

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
)

// Explain writes, in the order of the page, each text that looks like a date
// and each sibling of an entry: what article it belongs to, or why it was left
// out, and where in the markup it is.
func Explain(w io.Writer, name string, body []byte, address *url.URL) error {
	r, err := parse(body, address)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	type finding struct {
		node       int
		text, said string
	}
	var all []finding
	n := 0
	owner := make(map[*mark]string)
	var entries []*item
	for _, s := range r.sections {
		for _, it := range s.items {
			if it.entry == nil {
				continue
			}
			entries = append(entries, it)
			if n++; it.err != nil {
				owner[it.entry.mark] = "a problem: " + it.err.Error()
				if !slices.Contains(r.marks, it.entry.mark) {
					all = append(all, finding{it.entry.start, short(it.all), owner[it.entry.mark]})
				}
			} else {
				owner[it.entry.mark] = fmt.Sprintf("the date of article %d, %q", n, short(it.Title+" "+strings.ReplaceAll(it.Summary, "\n\n", " ")))
			}
		}
	}
	slices.SortFunc(entries, func(a, b *item) int { return a.entry.start - b.entry.start })
	covered := func(node int) bool {
		k, ok := slices.BinarySearchFunc(entries, node, func(it *item, node int) int { return it.entry.start - node })
		return ok || k > 0 && node < entries[k-1].entry.end
	}
	for _, m := range r.marks {
		said := owner[m]
		switch {
		case said != "":
		case m.use != "":
			said = "left out: " + m.use
		case covered(m.node):
			said = "left out: in an entry that has another date"
		default:
			said = "left out: outside the listing"
		}
		all = append(all, finding{m.node, m.text, said})
	}
	parents := make(map[int]bool)
	for _, it := range entries {
		p := r.nodes[it.entry.start].parent
		if parents[p] || p < 0 {
			continue
		}
		parents[p] = true
		for c := p + 1; c < r.nodes[p].end; c = r.nodes[c].end {
			if !covered(c) && r.size(c) > 0 {
				all = append(all, finding{c, short(r.nodeText(c)), "left out: beside the entries, and not one"})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.node, b.node) })
	for _, f := range all {
		if _, err := fmt.Fprintf(w, "%s\n\t%s\n\t%s\n", f.text, f.said, r.pathTo(f.node)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, "%s: %d dates, %d entries\n", name, len(r.marks), n)
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
		if d.nodes[i].DataAtom == 0 && d.nodes[i].Attr == nil && d.nodes[i].end == i+1 {
			continue // a text
		}
		step := d.nodes[i].Data
		for class := range strings.FieldsSeq(attr(d.nodes[i].Node, "class")) {
			step += "." + class
		}
		path = append(path, step)
	}
	slices.Reverse(path)
	return strings.Join(path, " > ")
}
