package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/site"
)

// healthTimeout is how long a service may take to say how it is, unless
// -timeout says it.
const healthTimeout = 5 * time.Second

// checkHealth asks a running service how it is and prints its status. It is an
// error if the service does not answer, or is stale.
func (c *command) checkHealth(ctx context.Context) error {
	address, err := healthURL(c.health)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(c.timeout, healthTimeout))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", c.agent())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", address, weburl.Cause(err))
	}
	defer resp.Body.Close()
	var health site.Health
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&health); err != nil || health.Status == "" {
		return fmt.Errorf("%s: the answer %s is not that of a vatesfeed service", address, resp.Status)
	}
	status := health.Status
	if health.LastError != "" {
		status += ": " + health.LastError
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, status)
	}
	_, err = fmt.Fprintln(c.stdout, printable(status))
	return err
}

// healthURL returns the URL of the /healthz of a service.
func healthURL(service string) (string, error) {
	u, err := url.Parse(service)
	if err != nil {
		return "", err
	}
	if !strings.HasSuffix(u.Path, "/healthz") {
		u = u.JoinPath("healthz")
	}
	return u.String(), nil
}
