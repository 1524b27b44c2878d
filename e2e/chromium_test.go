package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// missing is the name of a page that does not exist.
const missing = "ei-ole"

// A tab is a tab of a headless Chromium of its own, which shows pages of one
// server.
type tab struct {
	*testing.T
	ctx     context.Context
	address string   // of the server
	allowed []string // addresses that its pages may ask

	mu    sync.Mutex
	wrong []string // what no page may do
}

// open starts Chromium. When the test ends, no page may have asked another host
// than these for anything, nor have written to the console or had an error.
func open(t *testing.T, address string, others ...string) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program(t, "chromium", "chromium", "chromium-browser", "google-chrome")),
		chromedp.NoSandbox, // which does not work for root, and the pages are ours
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, _ := chromedp.NewContext(allocator)
	p := &tab{T: t, ctx: ctx, address: address, allowed: append(others, address)}
	require.NoError(t, chromedp.Listen(ctx, p.watch))
	t.Cleanup(func() {
		assert.NoError(t, chromedp.Cancel(ctx), "Chromium's end")
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, w := range slices.Compact(p.wrong) {
			t.Error(w)
		}
	})
	return p
}

// watch looks for requests to other hosts and for errors. What the content
// security policy forbids is in the log.
func (p *tab) watch(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		isAt := func(address string) bool { return strings.HasPrefix(e.Request.URL, address+"/") }
		if !slices.ContainsFunc(p.allowed, isAt) {
			p.note("a request to %s", e.Request.URL)
		}
	case *log.EventEntryAdded:
		// The page for what is not there comes with 404, which Chromium logs.
		// A feed cannot name an icon, so Chromium may ask for favicon.ico.
		absent := e.Entry.URL == p.address+"/"+missing || e.Entry.URL == p.address+"/favicon.ico"
		if e.Entry.Source != log.EntrySourceNetwork || !absent {
			p.note("%s in the log of %s: %s", e.Entry.Level, e.Entry.URL, e.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		for _, arg := range e.Args {
			p.note("%s on the console: %s %s", e.Type, arg.Value, arg.Description)
		}
	case *runtime.EventExceptionThrown:
		details, _ := json.Marshal(e.ExceptionDetails)
		p.note("an exception: %s", details)
	}
}

func (p *tab) note(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wrong = append(p.wrong, fmt.Sprintf(format, args...))
}

// within returns a context for one action, and the function that ends it.
func (p *tab) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, 30*time.Second)
}

// do runs actions.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := p.within()
	defer cancel()
	require.NoError(p, chromedp.Do(ctx, actions...))
}

// show loads a page, which must be there unless it is the missing one.
func (p *tab) show(name string) {
	p.Helper()
	p.follow(chromedp.Navigate(p.address+"/"+name), name)
}

// follow does what leads to a page.
func (p *tab) follow(action chromedp.Action[chromedp.Void], name string) {
	p.Helper()
	ctx, cancel := p.within()
	defer cancel()
	response, err := chromedp.RunResponse(ctx, action)
	require.NoError(p, err)
	require.Equal(p, p.address+"/"+name, response.URL)
	want := http.StatusOK
	if name == missing {
		want = http.StatusNotFound
	}
	require.EqualValues(p, want, response.Status, name)
}

// press presses keys.
func (p *tab) press(keys string) {
	p.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// size sets the size of what shows the page, in CSS pixels.
func (p *tab) size(width, height int64) {
	p.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// colours asks for light or dark colours, as the system's settings do.
func (p *tab) colours(scheme string) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// call runs a command of the DevTools protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	ctx, cancel := p.within()
	defer cancel()
	_, err := chromedp.Call(ctx, command, params)
	require.NoError(p, err, command.Method)
}

// eval returns the value of a JavaScript expression, or of the promise that it
// makes.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	ctx, cancel := p.within()
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(p, err, expression)
	return value
}
