package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the outputs into the scripts")

// With -race, every run of the command would sleep a second before it ends.
const goRace = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	os.Setenv("GORACE", goRace)
	testscript.Main(m, map[string]func(){"vatesfeed": main})
}

// TestScripts runs the command as a user does; see testdata/script.
func TestScripts(t *testing.T) {
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", goRace)
			e.Setenv("DATA", data)
			e.Setenv("ONE", filepath.Join(data, "aluepaattajille-2024-01.txt"))
			e.Setenv("TWO", filepath.Join(data, "alueyhteistyo-2024-01.txt"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"count": countText,
			"bytes": writeBytes,
			"web":   web,
		},
	})
}

// web serves the script's folder www at $WEB: a file by its name with or
// without its ending. /slow begins to answer and never ends.
func web(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: web")
	}
	root := ts.MkAbs("www")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/slow" {
			w.WriteHeader(http.StatusOK)
			w.(http.Flusher).Flush()
			<-req.Context().Done()
			return
		}
		names, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(req.URL.Path)) + "*")
		if err != nil || len(names) != 1 {
			http.NotFound(w, req)
			return
		}
		body, err := os.ReadFile(names[0])
		if err != nil {
			http.NotFound(w, req)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(body)))
		http.ServeContent(w, req, names[0], time.Time{}, bytes.NewReader(body))
	}))
	ts.Defer(func() {
		server.CloseClientConnections()
		server.Close()
	})
	ts.Setenv("WEB", server.URL)
}

// countText checks how often a text stands in a file: count N TEXT FILE.
func countText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: count N TEXT FILE")
	}
	n := strings.Count(ts.ReadFile(args[2]), args[1])
	if want := args[0]; want != strconv.Itoa(n) {
		ts.Fatalf("%s has %q %d times, not %s", args[2], args[1], n, want)
	}
}

// writeBytes writes a file whose bytes no script can hold: bytes FILE TEXT,
// where TEXT has the escapes of a Go string.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	s, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(s), 0o666))
}
