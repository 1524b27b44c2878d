// Package testdata holds two real listing pages of www.vates.fi, as text, for
// the tests, the examples and the command's first run. See README.md for where
// they come from.
package testdata

import "embed"

// Listings holds the two pages, a file each.
//
//go:embed alueyhteistyo-2024-01.txt aluepaattajille-2024-01.txt
var Listings embed.FS
