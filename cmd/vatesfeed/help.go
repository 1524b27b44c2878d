package main

import (
	"fmt"
	"strings"
)

const (
	summary = "turn article listings of www.vates.fi into feeds"

	description = `Vatesfeed turns article listings of www.vates.fi into a feed. A source is a
text listing, an HTML page or a feed: a file, - for standard input, or an http
or https URL. Without a source it prints a feed of two listings of its own.
`
	environment = `Each flag has an environment variable too: VATESFEED_BASE_URL is -base-url, and
VATESFEED_STRICT=true is -strict. A flag wins. VATESFEED_SOURCES has sources,
separated by spaces, and VATESFEED_SECTION one section a line.
`
	exitStatus = `The exit status is 0 when the output was written, 1 when a source or the output
failed, and 2 when the command line or the environment was wrong.
`
)

var examples = []string{
	"vatesfeed -section Aluepäättäjille > aluepaattajille.rss",
	"vatesfeed -archive all.json -o blogi.rss https://www.vates.fi/blogi",
	"vatesfeed -archive all.json -serve :8080 -refresh 1h https://www.vates.fi/blogi",
}

// synopsis returns a flag with the name of its value: "-limit N".
func (f flagSpec) synopsis() string { return strings.TrimSpace("-" + f.name + " " + f.arg) }

// help returns what -h prints.
func help() string {
	var b strings.Builder
	b.WriteString("Usage: vatesfeed [flags] [source ...]\n\n" + description)
	for _, group := range new(options).flags() {
		fmt.Fprintf(&b, "\n%s:\n", group.title)
		for _, f := range group.flags {
			fmt.Fprintf(&b, "  %-18s%s\n", f.synopsis()+" ", f.help)
		}
	}
	b.WriteString("\n" + environment + "\n" + exitStatus + "\nExamples:\n")
	for _, e := range examples {
		b.WriteString("  " + e + "\n")
	}
	return b.String()
}

// manPage returns the man page, in the macros of man(7). It has no date, so that
// the same version has the same page.
func manPage() string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH VATESFEED 1 \"\" \"vatesfeed %s\"\n", roff(version()))
	b.WriteString(".SH NAME\nvatesfeed \\- " + roff(summary) + "\n")
	b.WriteString(".SH SYNOPSIS\n.B vatesfeed\n[flags] [source ...]\n")
	b.WriteString(".SH DESCRIPTION\n" + roff(description))
	b.WriteString(".SH OPTIONS\n")
	for _, group := range new(options).flags() {
		fmt.Fprintf(&b, ".SS %s\n", roff(group.title))
		for _, f := range group.flags {
			fmt.Fprintf(&b, ".TP\n\\fB%s\\fR", roff("-"+f.name))
			if f.arg != "" {
				fmt.Fprintf(&b, " \\fI%s\\fR", roff(f.arg))
			}
			fmt.Fprintf(&b, "\n%s\n", roff(f.help))
		}
	}
	b.WriteString(".SH ENVIRONMENT\n" + roff(environment) + ".SH EXIT STATUS\n" + roff(exitStatus) + ".SH EXAMPLES\n.nf\n")
	for _, e := range examples {
		b.WriteString(roff(e) + "\n")
	}
	b.WriteString(".fi\n")
	return b.String()
}

// roff returns a text with what troff might obey, and what not every troff
// reads, in escapes.
func roff(s string) string {
	var b strings.Builder
	lineStart := true
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r == '\'' && !lineStart:
			b.WriteString(`\(aq`)
		case lineStart && (r == '.' || r == '\''):
			b.WriteString(`\&` + string(r))
		case r > '~':
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
		lineStart = r == '\n'
	}
	return b.String()
}

var shells = []string{"bash", "zsh", "fish"}

// completion returns the completions for a shell.
func completion(shell string) string {
	var b strings.Builder
	switch shell {
	case "bash":
		b.WriteString("complete -o default -W '")
		eachFlag(func(f flagSpec) { b.WriteString("-" + f.name + " ") })
		b.WriteString("' vatesfeed\n")
	case "zsh":
		b.WriteString("#compdef vatesfeed\n_arguments")
		eachFlag(func(f flagSpec) { b.WriteString(" \\\n  " + zshFlag(f)) })
		b.WriteString(" \\\n  '*:source:_files'\n")
	case "fish":
		eachFlag(func(f flagSpec) {
			takes := ""
			if f.arg != "" {
				takes = " -r"
			}
			fmt.Fprintf(&b, "complete -c vatesfeed -o %s%s -d '%s'\n", f.name, takes, strings.ReplaceAll(f.help, "'", `\'`))
		})
	}
	return b.String()
}

// zshFlag returns a flag as an argument of zsh's _arguments.
func zshFlag(f flagSpec) string {
	s := "-" + f.name + "[" + f.help + "]"
	if f.name == "section" {
		s = "*" + s
	}
	switch f.arg {
	case "":
	case "FILE", "FOLDER":
		s += ":" + f.arg + ":_files"
	default:
		s += ":" + f.arg + ": "
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func eachFlag(do func(flagSpec)) {
	for _, group := range new(options).flags() {
		for _, f := range group.flags {
			do(f)
		}
	}
}
