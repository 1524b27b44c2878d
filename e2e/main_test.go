// Package e2e tries vatesfeed with the programs that people read feeds with:
// newsboat and Chromium. It is a module of its own, so that whoever imports
// vatesfeed does not get what these tests need. The tests build the command
// and use it as people do; they import nothing of it.
//
// On Debian they need this:
//
//	apt-get install chromium newsboat npm sqlite3
//	npm ci
//
// "go test . -screenshots FOLDER" also makes pictures of the page.
package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// command is the path of the command, which TestMain builds.
var command string

// The listings that come with the project.
const (
	leaders     = "../testdata/aluepaattajille-2024-01.txt"
	cooperation = "../testdata/alueyhteistyo-2024-01.txt"
)

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "vatesfeed-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "vatesfeed")
	build := exec.Command("go", "build", "-o", command, "./cmd/vatesfeed")
	build.Dir = ".." // the command is in another module
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %s\n%s", err, out)
		return 1
	}
	return m.Run()
}

// program returns the path of a program. A test cannot do without it: one that
// was skipped would look like one that has passed.
func program(t *testing.T, debianPackage string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("no %s here; on Debian: apt-get install %s", strings.Join(names, " or "), debianPackage)
	return ""
}

// serve runs the command with -serve and further arguments until the test ends,
// and returns its address. SIGTERM must then end it, with exit status 0.
func serve(t *testing.T, args ...string) string {
	t.Helper()
	server := exec.Command(command, append([]string{"-serve", "127.0.0.1:0"}, args...)...)
	stderr, err := server.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())

	var log strings.Builder // may be read when ended is closed
	listening := make(chan string, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			fmt.Fprintln(&log, lines.Text())
			if _, address, ok := strings.Cut(lines.Text(), "msg=listening address="); ok {
				listening <- address
			}
		}
	}()
	t.Cleanup(func() {
		server.Process.Signal(syscall.SIGTERM) // if it has ended already, Wait says how
		select {
		case <-ended:
		case <-time.After(15 * time.Second):
			t.Error("the server still runs 15 s after SIGTERM")
			server.Process.Kill()
			<-ended
		}
		assert.NoError(t, server.Wait(), "the server's end")
		assert.NotContains(t, log.String(), "level=ERROR")
		if t.Failed() {
			t.Logf("The server's log:\n%s", log.String())
		}
	})

	select {
	case address := <-listening:
		return address
	case <-ended:
		t.Fatal("the server did not start")
	case <-time.After(time.Minute):
		t.Fatal("the server does not listen after a minute")
	}
	return ""
}

// get fetches an address, which must answer 200.
func get(t *testing.T, address string) (http.Header, []byte) {
	t.Helper()
	client := http.Client{Timeout: 30 * time.Second}
	response, err := client.Get(address)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, address)
	return response.Header, body
}

// An item is what a JSON Feed has of an article.
type item struct {
	ID, URL, Title string
	Published      time.Time `json:"date_published"`
}

// published returns the items of a feed, which is named as in its address.
func published(t *testing.T, address, slug string) []item {
	t.Helper()
	_, body := get(t, address+"/"+slug+".json")
	var feed struct{ Items []item }
	require.NoError(t, json.Unmarshal(body, &feed))
	return feed.Items
}
