package htmltext

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formatting are the elements that HTML opens again in the next block if they are
// not closed (HTML Living Standard, section 13.2.4.3).
var formatting = setOf(atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small,
	atom.Strike, atom.Strong, atom.Tt, atom.U)

// Parts returns how many elements, texts and attributes a parser may make of a page,
// or most+1 if there are more than most. Elements that it opens again count each time:
// with 300 of them open, a page of 160 kB has six million elements.
func Parts(page []byte, most int) (n int) {
	z := html.NewTokenizer(bytes.NewReader(page))
	open := openFormatting{tags: make(map[atom.Atom][]string), same: make(map[string]int)}
	pending := 0 // open elements that were closed with a block
	inP := false // surely in a paragraph
	foreign := 0 // SVG and MathML elements that are open
	for n <= most {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if formatting[tag] {
				open.end(tag)
				continue
			}
			if tag == atom.Svg || tag == atom.Math {
				foreign = max(foreign-1, 0)
			}
			pending = open.count
			makes := tag == atom.Br || tag == atom.P && !inP // without a start tag
			inP = false
			if !makes {
				continue
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			if formatting[tag] {
				open.start(tag, string(z.Raw()))
			}
			if tag == atom.Svg || tag == atom.Math {
				foreign++
			}
			for ; more && n <= most; n++ {
				_, _, more = z.TagAttr()
			}
			n += pending
			pending = 0
			if !formatting[tag] {
				pending = open.count
				inP = tag == atom.P
			}
		case html.TextToken:
			n += pending
			pending = 0
			if foreign > 0 {
				// What is raw text to the tokenizer, such as a <title>, may have
				// elements there, and any of them may be opened again and again.
				raw := bytes.ToLower(z.Raw())
				tags := bytes.Count(raw, []byte("<"))
				n += tags * min(tags, maxOpen)
				foreign += bytes.Count(raw, []byte("<svg")) + bytes.Count(raw, []byte("<math"))
			}
		}
		n++
	}
	return most + 1
}

// maxOpen is how many elements a parser can have open.
const maxOpen = 512

// openFormatting are the formatting elements that are open.
type openFormatting struct {
	tags  map[atom.Atom][]string // as they are written
	same  map[string]int         // how many are written alike
	count int
}

// start opens an element. Of those that are alike three are kept open, and of links
// one.
func (o *openFormatting) start(tag atom.Atom, raw string) {
	if o.same[raw] < 3 && (tag != atom.A || len(o.tags[tag]) == 0) {
		o.tags[tag] = append(o.tags[tag], raw)
		o.same[raw]++
		o.count++
	}
}

func (o *openFormatting) end(tag atom.Atom) {
	if n := len(o.tags[tag]) - 1; n >= 0 {
		o.same[o.tags[tag][n]]--
		o.tags[tag] = o.tags[tag][:n]
		o.count--
	}
}
