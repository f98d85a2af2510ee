package api_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// seal closes a letter as the browser of a member does.
func (h *house) seal(t *testing.T, as feed.MemberID, letter any) fields {
	t.Helper()
	s, err := h.store.Seal(t.Context(), as)
	require.NoError(t, err)
	text, ok := letter.(string)
	if !ok {
		b, err := json.Marshal(letter)
		require.NoError(t, err)
		text = string(b)
	}
	block, err := aes.NewCipher(s.Key)
	require.NoError(t, err)
	gcm, err := cipher.NewGCM(block)
	require.NoError(t, err)
	iv := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(iv)
	return fields{"seal": s.ID, "iv": iv, "data": gcm.Seal(nil, iv, []byte(text), nil)}
}

// deliver hands a letter in, while as holds the device.
func (h *house) deliver(t *testing.T, as feed.MemberID, sealed fields, header ...string) answer {
	t.Helper()
	return h.ask(t, as, http.MethodPost, "/api/v1/deliveries", sealed, header...)
}

func letter(method, path string, body any) fields {
	return fields{"method": method, "path": path, "body": body, "key": "k1", "typed_at": ago(30 * time.Minute)}
}

func TestALetterIsDeliveredOnceAsItsAuthor(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		at := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now().Add(-time.Hour))
		sealed := h.seal(t, "operator", letter(http.MethodPost, at+"/comments", fields{"text": "Courroie"}))
		for _, carrier := range []feed.MemberID{"", "staff", "operator"} {
			a := h.deliver(t, carrier, sealed, "Idempotency-Key", "other", "Typed-At", "2020-01-01T00:00:00Z").is(http.StatusOK)
			require.JSONEq(t, `{"status":201}`, string(a.Body), "and nothing of the post")
		}
		var p api.PostDetail
		h.ask(t, "operator", http.MethodGet, at, nil).into(&p)
		require.Len(t, p.Thread, 1)
		require.Equal(t, "operator", p.Thread[0].Author.Member)
		require.WithinDuration(t, time.Now().Add(-30*time.Minute), *p.Thread[0].TypedAt, time.Minute)
	})
}

func TestALetterSaysWhyItWasRefused(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	at := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now().Add(-time.Hour))
	h.ask(t, "manager", http.MethodPost, at+"/take", nil).is(http.StatusOK)
	for name, c := range map[string]struct {
		letter  fields
		status  int
		problem string
	}{
		"taken since":  {letter(http.MethodPost, at+"/take", nil), 409, "Pris par Ana"},
		"not allowed":  {letter(http.MethodPost, at+"/out-of-service", fields{"reason": "x"}), 403, "rôle"},
		"out of scope": {letter(http.MethodPost, "/api/v1/posts/none/take", nil), 404, "Introuvable"},
		"unclear":      {letter(http.MethodPost, at+"/comments", fields{"texte": "x"}), 422, "texte"},
		"no such act":  {letter(http.MethodPost, at+"/explode", nil), 404, "adresse"},
		"no such verb": {letter(http.MethodDelete, at, nil), 404, "adresse"},
	} {
		var got api.Delivered
		h.deliver(t, "", h.seal(t, "operator", c.letter)).is(http.StatusOK).into(&got)
		require.Equal(t, c.status, got.Status, name)
		require.Contains(t, got.Problem, c.problem, name)
	}
}

func TestALetterThatCannotBeOpenedIsGone(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	at := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
	good := func() fields { return h.seal(t, "operator", letter(http.MethodPost, at+"/take", nil)) }
	flip := func(b []byte, i int) []byte {
		b = bytes.Clone(b)
		b[(i+len(b))%len(b)] ^= 1
		return b
	}
	other, err := h.store.Seal(t.Context(), "manager")
	require.NoError(t, err)
	for name, spoil := range map[string]func(fields){
		"unknown seal":     func(f fields) { f["seal"] = "none" },
		"another's seal":   func(f fields) { f["seal"] = other.ID },
		"tampered tag":     func(f fields) { f["data"] = flip(f["data"].([]byte), -1) },
		"tampered letter":  func(f fields) { f["data"] = flip(f["data"].([]byte), 0) },
		"tampered nonce":   func(f fields) { f["iv"] = flip(f["iv"].([]byte), 0) },
		"short nonce":      func(f fields) { f["iv"] = f["iv"].([]byte)[1:] },
		"less than a tag":  func(f fields) { f["data"] = f["data"].([]byte)[:15] },
		"without its end":  func(f fields) { f["data"] = f["data"].([]byte)[:20] },
		"twice as long on": func(f fields) { f["data"] = append(f["data"].([]byte), f["data"].([]byte)...) },
	} {
		sealed := good()
		spoil(sealed)
		a := h.deliver(t, "operator", sealed).is(http.StatusGone)
		require.Equal(t, "Cet envoi ne peut plus être ouvert.", a.detail(), name)
	}
	sealed := good()
	require.NoError(t, h.store.RevokeMember(t.Context(), "operator"))
	require.Equal(t, "Cet envoi ne peut plus être ouvert.", h.deliver(t, "", sealed).is(http.StatusGone).detail())
	p, err := h.store.Post(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.PostID(at[len("/api/v1/posts/"):]))
	require.NoError(t, err)
	require.Equal(t, feed.New, p.State, "nothing was done")
}

func TestALetterDoesNothingButWriteUnderPosts(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	id := h.raise(t, "weight/filler", time.Now())
	for name, l := range map[string]any{
		"another door":    letter(http.MethodPost, "/api/v1/session", fields{"member": "manager", "pin": "1234"}),
		"a letter in one": letter(http.MethodPost, "/api/v1/deliveries", fields{}),
		"next door":       letter(http.MethodPost, "/api/v1/postscript", nil),
		"up":              letter(http.MethodPost, "/api/v1/posts/../session", nil),
		"up, encoded":     letter(http.MethodPost, "/api/v1/posts/%2e%2e/session", nil),
		"up, backslash":   letter(http.MethodPost, `/api/v1/posts/..\session`, nil),
		"twice":           letter(http.MethodPost, "/api/v1/posts//"+id+"/take", nil),
		"slash at end":    letter(http.MethodPost, "/api/v1/posts/", nil),
		"with a query":    letter(http.MethodPost, "/api/v1/posts/"+id+"/take?lang=en", nil),
		"with a fragment": letter(http.MethodPost, "/api/v1/posts/"+id+"/take#x", nil),
		"another house":   letter(http.MethodPost, "http://example.org/api/v1/posts", nil),
		"no house":        letter(http.MethodPost, "//api/v1/posts", nil),
		"new line":        letter(http.MethodPost, "/api/v1/posts/x\r\nX: y", nil),
		"reading":         letter(http.MethodGet, "/api/v1/posts/"+id, nil),
		"asking":          letter(http.MethodOptions, "/api/v1/posts", nil),
		"small letters":   letter("post", "/api/v1/posts/"+id+"/take", nil),
		"no key":          fields{"method": "POST", "path": "/api/v1/posts/" + id + "/take", "typed_at": ago(time.Minute)},
		"no time":         fields{"method": "POST", "path": "/api/v1/posts/" + id + "/take", "key": "k1"},
		"no letter":       "garbage",
		"a list":          "[]",
		"empty":           "",
	} {
		a := h.deliver(t, "manager", h.seal(t, "operator", l))
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, "%s: %s", name, a.Body)
	}
	page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{"lyon"}}, feed.Query{})
	require.NoError(t, err)
	require.Len(t, page.Posts, 1)
	require.Equal(t, feed.New, page.Posts[0].State)
}

func TestAnOddKeyInALetterIsRefusedAndDoesNothing(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	at := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
	l := letter(http.MethodPost, at+"/take", nil)
	l["key"] = "a\r\nAuthorization: Bearer " + h.tokens["manager"]
	var got api.Delivered
	h.deliver(t, "", h.seal(t, "operator", l)).is(http.StatusOK).into(&got)
	require.Equal(t, http.StatusUnprocessableEntity, got.Status)
}

func TestPhotosTravelInLetters(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	body := fields{"kind": "quality-point", "territory": line3, "text": "Fuite", "photos": []string{snapshot(t, 1600, 1200)}}
	a := h.deliver(t, "", h.seal(t, "operator", letter(http.MethodPost, "/api/v1/posts", body))).is(http.StatusOK)
	require.JSONEq(t, `{"status":201}`, string(a.Body))
	page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.Query{})
	require.NoError(t, err)
	require.Len(t, page.Posts[0].Photos, 1)
}

func TestDeliveriesAreBounded(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for _, bad := range []any{`{"seal":"x","iv":"%","data":""}`, fields{"seal": "", "iv": "AA==", "data": "AA=="}, fields{"seal": "x", "iv": "", "data": ""}, fields{"seal": "x"}} {
		a := h.ask(t, "", http.MethodPost, "/api/v1/deliveries", bad)
		require.Contains(t, []int{http.StatusBadRequest, http.StatusUnprocessableEntity}, a.Status, string(a.Body))
	}
	h.deliver(t, "", fields{"seal": "x", "iv": "", "data": make([]byte, 4<<20)}).is(http.StatusRequestEntityTooLarge)
	last := answer{}
	for range 60 {
		if last = h.deliver(t, "", fields{"seal": "none", "iv": "AA==", "data": "AA=="}); last.Status == http.StatusTooManyRequests {
			break
		}
	}
	require.Equal(t, http.StatusTooManyRequests, last.Status)
	require.NotEmpty(t, last.Header.Get("Retry-After"))
}
