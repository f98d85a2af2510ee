package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

type fields = map[string]any

// provider is oidc-provider, the company's identity provider, behind a door at
// which the tests may change what it answers.
type provider struct {
	issuer   string
	behind   string // where it listens itself
	options  fields
	cmd      *exec.Cmd
	commands io.Writer
	answers  *bufio.Scanner
	change   atomic.Pointer[func(idToken string) string]
	untold   bool // when people last showed who they are, unless it is asked for now
}

// startProvider starts a provider that sends people back to a site; it ends
// with the test.
func startProvider(t *testing.T, site string, options fields) *provider {
	t.Helper()
	port := freePort(t)
	p := &provider{untold: options["untold"] == true, behind: fmt.Sprintf("http://127.0.0.1:%d", port), options: options}
	target, err := url.Parse(p.behind)
	require.NoError(t, err)
	door := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			if q := r.Out.URL.Query(); p.untold && q.Get("max_age") != "0" {
				q.Del("max_age")
				r.Out.URL.RawQuery = q.Encode()
			}
			if strings.HasSuffix(r.Out.URL.Path, "/auth") {
				r.Out.URL.RawQuery = consenting(r.Out.URL.Query(), options["lasting"]).Encode()
			}
		},
		ModifyResponse: p.reword,
	})
	t.Cleanup(door.Close)
	p.issuer = door.URL
	options["port"], options["issuer"], options["redirect"] = port, p.issuer, site+"/api/v1/session/oidc/callback"
	p.start(t)
	return p
}

// consenting is what is asked of a company that lets Fildefer ask again without
// asking people for it: where it is lasting, and "always" also where they show
// who they are once more.
func consenting(q url.Values, lasting any) url.Values {
	switch prompt := q.Get("prompt"); {
	case lasting == nil:
	case prompt == "":
		q.Set("prompt", "consent")
	case prompt == "login" && lasting == "always":
		q.Set("prompt", "login consent")
	}
	return q
}

// start runs the program, with keys of its own each time.
func (p *provider) start(t *testing.T) {
	t.Helper()
	text, err := json.Marshal(p.options)
	require.NoError(t, err)
	p.cmd = script(t, "provider.mjs", string(text))
	p.cmd.Stderr = t.Output()
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.commands, err = p.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	cmd := p.cmd
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	p.answers = bufio.NewScanner(out)
	require.True(t, p.answers.Scan(), "oidc-provider ended before it was ready")
}

// stop ends the program, as a service that is down.
func (p *provider) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Kill())
	_ = p.cmd.Wait()
}

func (p *provider) tell(t *testing.T, command fields) {
	t.Helper()
	line, err := json.Marshal(command)
	require.NoError(t, err)
	_, err = fmt.Fprintf(p.commands, "%s\n", line)
	require.NoError(t, err)
	require.True(t, p.answers.Scan(), "oidc-provider ended")
}

// seat is who sits before the screens, with these claims.
func (p *provider) seat(t *testing.T, sub string, claims fields) {
	t.Helper()
	p.tell(t, fields{"op": "person", "sub": sub, "claims": claims})
	p.tell(t, fields{"op": "seat", "sub": sub})
}

// swap changes the tokens that the provider gives, nil none.
func (p *provider) swap(change func(idToken string) string) {
	if change == nil {
		p.change.Store(nil)
		return
	}
	p.change.Store(&change)
}

// reword changes the token in what the provider answers, if a test asks for it.
func (p *provider) reword(r *http.Response) error {
	change := p.change.Load()
	if change == nil || !strings.HasSuffix(r.Request.URL.Path, "/token") {
		return nil
	}
	var answer fields
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		return err
	}
	token, _ := answer["id_token"].(string)
	answer["id_token"] = (*change)(token)
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(string(body))), int64(len(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}
