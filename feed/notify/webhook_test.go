package notify_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/notify"
)

// call is what a program was told.
type call struct {
	header http.Header
	body   string
}

// listener is a program that is told over TLS, and what it says to each call.
type listener struct {
	*httptest.Server
	calls  chan call
	status atomic.Int32
	ca     string
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{calls: make(chan call, 1000), ca: filepath.Join(t.TempDir(), "ca.pem")}
	l.status.Store(http.StatusNoContent)
	l.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		status := int(l.status.Load())
		w.WriteHeader(status)
		if status == http.StatusNoContent {
			l.calls <- call{r.Header, string(body)}
		}
	}))
	l.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	t.Cleanup(l.Close)
	require.NoError(t, os.WriteFile(l.ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: l.Certificate().Raw}), 0o600))
	return l
}

func (l *listener) next(t *testing.T) call {
	t.Helper()
	select {
	case c := <-l.calls:
		return c
	case <-time.After(20 * time.Second):
		require.Fail(t, "nobody was told")
		return call{}
	}
}

const secret = "a secret of the plant"

// cry runs a crier until the test ends. It has begun to follow the timelines
// when this returns.
func (h *house) cry(t *testing.T, w notify.Webhook) *notify.Crier {
	t.Helper()
	w.Name, w.SecretFile = "erp", "secret"
	require.NoError(t, w.Validate())
	c, err := notify.NewCrier(w, secret, h, h.clock, slog.New(slog.DiscardHandler), time.Minute)
	require.NoError(t, err)
	_, err = h.FillHook(t.Context(), feed.Hook{Name: "erp"}, h.clock())
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
	})
	return c
}

// idea is a person's post of line 3.
func (h *house) idea(t *testing.T, text string) *feed.Post {
	t.Helper()
	p, _, err := feed.NewService(h, h.clock).Report(t.Context(), karim, feed.Draft{Kind: feed.QualityPoint, Territory: "lyon/line-3", Text: text})
	require.NoError(t, err)
	return p
}

func TestAProgramIsToldSignedAndInOrder(t *testing.T) {
	t.Parallel()
	h, l := build(t), listen(t)
	h.idea(t, "from before it was told")
	c := h.cry(t, notify.Webhook{URL: l.URL, CA: l.ca})
	p := h.idea(t, "Étiquette de travers")
	service := feed.NewService(h, h.clock)
	_, err := service.Take(t.Context(), karim, p.ID)
	require.NoError(t, err)
	_, err = service.Comment(t.Context(), karim, p.ID, "", "not of its business")
	require.NoError(t, err)
	_, err = service.Resolve(t.Context(), karim, p.ID, "Bobine usée", "Changée")
	require.NoError(t, err)
	c.Wake()
	for _, want := range []string{"post.opened", "post.taken", "post.resolved"} {
		got := l.next(t)
		var m struct {
			Type string
			Data struct {
				By   string
				Post map[string]any
			}
		}
		require.NoError(t, json.Unmarshal([]byte(got.body), &m))
		require.Equal(t, want, m.Type)
		require.Equal(t, "Karim Benali", m.Data.By)
		require.Equal(t, "Étiquette de travers", m.Data.Post["text"])
		require.NotContains(t, got.body, `"karim"`, "a name, and no more of the person")
		at, id := got.header.Get("Fildefer-Timestamp"), got.header.Get("Webhook-Id")
		require.Equal(t, signature(at+"."+got.body), got.header.Get("Fildefer-Signature"))
		require.Equal(t, signature(id+"."+at+"."+got.body), got.header.Get("Webhook-Signature"))
	}
	h.settled(t, "hook:erp", 0, 0)
	require.EqualValues(t, 3, c.Health().Sent)
}

func signature(text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func TestAProgramThatDoesNotAnswerIsToldLaterAndThenGivenUp(t *testing.T) {
	t.Parallel()
	h, l := build(t), listen(t)
	l.status.Store(http.StatusBadGateway)
	c := h.cry(t, notify.Webhook{URL: l.URL, CA: l.ca, Events: []feed.EntryKind{feed.Opened}})
	first, second := h.idea(t, "une"), h.idea(t, "deux")
	c.Wake()
	require.Eventually(t, func() bool { return c.Health().Down }, 20*time.Second, 10*time.Millisecond)
	require.Contains(t, c.Health().Detail, "502")
	l.status.Store(http.StatusNoContent)
	h.set(noon.Add(time.Hour))
	c.Wake()
	require.Contains(t, l.next(t).body, string(first.ID), "they keep their order")
	require.Contains(t, l.next(t).body, string(second.ID))
	h.settled(t, "hook:erp", 0, 0)

	l.status.Store(http.StatusBadGateway)
	h.idea(t, "trois")
	require.Eventually(t, func() bool {
		h.set(h.clock().Add(time.Hour))
		c.Wake()
		return h.backlog(t, "hook:erp").Dead == 1
	}, 20*time.Second, 10*time.Millisecond)
	require.Contains(t, h.backlog(t, "hook:erp").Fault, "502")
	require.EqualValues(t, 1, c.Health().Refused)
}

func TestAProgramIsToldOfItsPlacesOnlyAndOnlyWhenItIsTheRightOne(t *testing.T) {
	t.Parallel()
	h, l := build(t), listen(t)
	require.NoError(t, h.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon/line-4", Name: "Ligne 4", Kind: feed.Line}}))
	c := h.cry(t, notify.Webhook{URL: l.URL, Territories: []feed.Path{"lyon/line-4"}})
	h.idea(t, "ailleurs")
	c.Wake()
	h.settled(t, "hook:erp", 0, 0)
	elsewhere := feed.Member{ID: "awa", Name: "Awa", Grants: []feed.Grant{{Territory: "lyon/line-4", Role: feed.Operator}}}
	_, _, err := feed.NewService(h, h.clock).Report(t.Context(), elsewhere, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-4", Text: "ici"})
	require.NoError(t, err)
	c.Wake()
	require.Eventually(t, func() bool { return c.Health().Down }, 20*time.Second, 10*time.Millisecond)
	require.Contains(t, c.Health().Detail, "certificate", "its certificate is not one that is trusted")
	h.settled(t, "hook:erp", 1, 0)
}
