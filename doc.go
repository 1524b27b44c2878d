// Package vatesfeed turns the article listings of www.vates.fi, the site of
// Vates-säätiö, into typed articles, and articles into feeds.
//
// [Parse] reads a listing page saved as text, [Merge] makes one list of
// articles from several listings, [Select] chooses from it, and a [Feed] writes
// it as RSS 2.0, Atom 1.0 or JSON Feed 1.1. The package opens no files and no
// connections, and never looks at the clock: the same input gives the same
// bytes.
//
// # The text format
//
// A page is a skip link, a heading, a section, and entries. An entry is a date
// alone on a line, a summary, and a title, in this order:
//
//	Siirry pääsisältöön
//
//	Artikkelit
//
//	Aluepäättäjille
//
//	29.01.2024
//
//	Vaasan seudulla päätettiin, että alue keskittyy …
//
//	Tavoitteena yhdistää resurssit kilpailun sijaan
//
//	26.01.2024
//
// Lines that follow each other without a blank line are one paragraph; in an
// input without any blank line between its lines, each line is one. In an
// entry of two or more paragraphs the last is the title if at most one blank
// line follows it; if more follow, the entry has no title. An entry of one
// paragraph is a summary. See [Parse] for what stands above the first entry,
// and for inputs of several pages.
package vatesfeed
