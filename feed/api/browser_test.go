package api_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
)

// browser keeps cookies as a browser does.
type browser struct {
	h       *house
	cookies map[string]string
}

func (h *house) browser() *browser { return &browser{h: h, cookies: map[string]string{}} }

func (b *browser) header() string {
	var all []string
	for name, value := range b.cookies {
		all = append(all, name+"="+value)
	}
	return strings.Join(all, "; ")
}

func (b *browser) ask(t *testing.T, method, path string, body any) answer {
	t.Helper()
	a := b.h.ask(t, "", method, path, body, "Cookie", b.header())
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return a
}

// me is who the browser is.
func (b *browser) me(t *testing.T) api.Me {
	t.Helper()
	var me api.Me
	b.ask(t, http.MethodGet, "/api/v1/session", nil).is(http.StatusOK).into(&me)
	return me
}

// signIn is a name tile and a PIN.
func (b *browser) signIn(t *testing.T, member string) {
	t.Helper()
	b.ask(t, http.MethodPost, "/api/v1/session", fields{"member": member, "pin": pin}).is(http.StatusCreated)
}

// badge reads a badge.
func (b *browser) badge(t *testing.T, badge string) answer {
	t.Helper()
	return b.ask(t, http.MethodPost, "/api/v1/session/badge", fields{"badge": badge})
}

// listen opens the stream and returns once it has said hello; the channel is
// closed when it ends.
func (b *browser) listen(t *testing.T) (ended chan struct{}) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.h.srv.URL+"/api/v1/stream", nil)
	require.NoError(t, err)
	req.Header.Set("Cookie", b.header())
	res, err := b.h.srv.Client().Do(req)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode)
	t.Cleanup(func() { _ = res.Body.Close() })
	s := &tap{t: t, body: res.Body, in: bufio.NewScanner(res.Body)}
	hello, _ := s.next()
	require.Equal(t, "hello", hello.name)
	ended = make(chan struct{})
	go func() {
		for more := true; more; {
			_, more = s.next()
		}
		close(ended)
	}()
	return ended
}

// enrol lets the administrator add a device, and returns it with its code.
func (h *house) enrol(t *testing.T, kind feed.DeviceKind) api.Device {
	t.Helper()
	var d api.Device
	h.ask(t, "admin", http.MethodPost, "/api/v1/devices", fields{"name": "Tablette L3", "place": line3, "kind": kind}).is(http.StatusCreated).into(&d)
	return d
}

// pair is a browser that was paired with line 3.
func (h *house) pair(t *testing.T, kind feed.DeviceKind) (*browser, api.Device) {
	t.Helper()
	b, d := h.browser(), h.enrol(t, kind)
	b.ask(t, http.MethodPost, "/api/v1/device", fields{"code": d.Code}).is(http.StatusCreated)
	return b, d
}

// earlier is a pairing whose clock is that much behind.
func (h *house) earlier(by time.Duration) *auth.Pairing {
	return auth.NewPairing(h.store, func() time.Time { return time.Now().Add(-by) }, auth.CodeFor)
}
