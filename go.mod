module github.com/vatesfeed/vatesfeed

go 1.26.0

require (
	github.com/agnivade/levenshtein v1.2.2
	github.com/gorilla/feeds v1.2.0
	github.com/rivo/uniseg v0.4.7
	golang.org/x/text v0.43.0
)

require github.com/rogpeppe/go-internal v1.16.0 // indirect
