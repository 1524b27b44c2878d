package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// The names of the environment variables.
const (
	variablePrefix  = "VATESFEED_"
	sourcesVariable = variablePrefix + "SOURCES"
)

// variable returns the environment variable of a flag.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// modes are the flags of which a run can have one.
var modes = []string{"list", "explain", "site", "serve", "health"}

// fromEnvironment sets what the environment has and the command line leaves
// open, and adds it to what is given. It returns the names of the variables
// that it used. An empty variable is one that is not set.
func (o *options) fromEnvironment(environ []string, given map[string]bool) (used []string, err error) {
	values := make(map[string]string)
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		if strings.HasPrefix(name, variablePrefix) && !ofKubernetes(name) && value != "" {
			values[name] = value
		}
	}
	ignored := overruled(given)
	known := []string{sourcesVariable}
	for _, group := range o.flags() {
		for _, f := range group.flags {
			name := variable(f.name)
			known = append(known, name)
			value, ok := values[name]
			if !ok || given[f.name] || ignored[f.name] {
				continue
			}
			// Only -section may be repeated. Its names may have spaces.
			each := []string{value}
			if f.name == "section" {
				each = strings.Split(strings.TrimSpace(value), "\n")
			}
			for _, v := range each {
				if err := f.set(v); err != nil {
					return nil, fmt.Errorf("invalid value %q for %s: %w", weburl.Redact(v), name, err)
				}
			}
			given[f.name] = true
			used = append(used, name)
		}
	}
	for _, e := range environ { // in their order: the same error each time
		name, _, _ := strings.Cut(e, "=")
		if values[name] != "" && !slices.Contains(known, name) {
			return nil, unknownVariable(name, known)
		}
	}
	if value := values[sourcesVariable]; len(o.sources) == 0 && value != "" {
		o.sources = strings.Fields(value)
		if err := checkSources(append([]string{"--"}, o.sources...), o.sources); err != nil {
			return nil, fmt.Errorf("%s: %w", sourcesVariable, err)
		}
		used = append(used, sourcesVariable)
	}
	return used, nil
}

// overruled returns the flags whose variables do not count, since the command
// line asks for something else: in the container of a service, -health is about
// that service, and does not start another.
func overruled(given map[string]bool) map[string]bool {
	var out []string
	if slices.ContainsFunc(modes, func(m string) bool { return given[m] }) {
		out = append(modes, "o", "format")
		if !given["serve"] {
			out = append(out, "refresh", "log")
		}
		if !given["serve"] && !given["site"] {
			out = append(out, "hub")
		}
	} else if given["o"] || given["format"] {
		out = append(modes, "refresh", "log", "hub")
	}
	set := make(map[string]bool)
	for _, name := range out {
		set[name] = true
	}
	return set
}

// ofKubernetes reports whether a variable is one of those that Kubernetes sets
// for a service named vatesfeed.
func ofKubernetes(name string) bool {
	rest := strings.TrimPrefix(name, variablePrefix)
	return rest == "PORT" || strings.HasPrefix(rest, "PORT_") || strings.HasPrefix(rest, "SERVICE_")
}

// unknownVariable returns an error that names the variable that was likely meant.
func unknownVariable(name string, known []string) error {
	near := nearest(name[len(variablePrefix):], known, func(s string) string { return s[len(variablePrefix):] })
	if near == "" {
		return errors.New(name + " is not a variable of this program")
	}
	return fmt.Errorf("%s is not a variable of this program; did you mean %s?", name, near)
}
