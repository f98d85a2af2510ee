package api_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// ago is an instant as a browser writes it.
func ago(d time.Duration) string { return time.Now().Add(-d).UTC().Format(time.RFC3339Nano) }

func TestEveryActUnderPostsTakesAKey(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now())
		at := "/api/v1/posts/" + id
		key := []string{"Idempotency-Key", "k1"}
		h.ask(t, "operator", http.MethodPost, at+"/take", nil, key...).is(http.StatusOK)
		h.ask(t, "operator", http.MethodPost, at+"/release", nil).is(http.StatusOK)
		var again api.PostDetail
		h.ask(t, "operator", http.MethodPost, at+"/take", nil, key...).is(http.StatusOK).into(&again)
		require.Equal(t, "new", again.State)
		h.ask(t, "operator", http.MethodPost, at+"/onsite", nil, key...).is(http.StatusConflict)

		shelf := fields{"minutes": 60, "reason": "Essais"}
		for range 2 {
			h.ask(t, "operator", http.MethodPost, at+"/shelve", shelf, "Idempotency-Key", "k2").is(http.StatusOK)
		}
		shelf["minutes"] = 61
		h.ask(t, "operator", http.MethodPost, at+"/shelve", shelf, "Idempotency-Key", "k2").is(http.StatusConflict)
		for range 2 {
			h.ask(t, "operator", http.MethodPut, at+"/reactions/like", nil, "Idempotency-Key", "k3").is(http.StatusOK)
			h.ask(t, "operator", http.MethodDelete, at+"/reactions/like", nil).is(http.StatusOK).into(&again)
			require.Zero(t, again.Reactions.Like)
		}
		h.ask(t, "operator", http.MethodPut, at+"/reactions/like", nil, "Idempotency-Key", "k3").is(http.StatusOK).into(&again)
		require.Zero(t, again.Reactions.Like, "what was taken back since stays so")
	})
}

func TestWhatWasTypedOfflineSaysWhen(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now().Add(-time.Hour))
		at := "/api/v1/posts/" + id
		typed := ago(30 * time.Minute)
		when, err := time.Parse(time.RFC3339Nano, typed)
		require.NoError(t, err)
		when = when.Truncate(time.Millisecond)
		h.ask(t, "operator", http.MethodPost, at+"/comments", fields{"text": "Vu"}, "Typed-At", typed).is(http.StatusCreated)
		h.ask(t, "operator", http.MethodPost, at+"/take", nil, "Typed-At", typed).is(http.StatusOK)
		var p api.PostDetail
		h.ask(t, "operator", http.MethodGet, at, nil).into(&p)
		require.Equal(t, when, *p.Thread[0].TypedAt)
		require.Equal(t, when, *p.LastComment.TypedAt)
		last := p.Timeline[len(p.Timeline)-1]
		require.Equal(t, "taken", last.Kind)
		require.Equal(t, when, *last.TypedAt)
		require.Nil(t, p.Timeline[0].TypedAt)

		h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "x"}, "Typed-At", typed).is(http.StatusCreated).into(&p)
		require.Equal(t, when, *p.TypedAt)
		h.ask(t, "operator", http.MethodPost, at+"/comments", fields{"text": "Vu"}, "Typed-At", ago(15*24*time.Hour)).is(http.StatusUnprocessableEntity)
		require.Equal(t, "« Typed-At » doit être une date et une heure (RFC 3339).",
			h.ask(t, "operator", http.MethodPost, at+"/comments", fields{"text": "Vu"}, "Typed-At", "hier").is(http.StatusUnprocessableEntity).detail())
	})
}

func TestALateTakeNamesWhoHasIt(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		at := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now().Add(-time.Hour))
		h.ask(t, "manager", http.MethodPost, at+"/take", nil).is(http.StatusOK)
		said := h.ask(t, "operator", http.MethodPost, at+"/take", nil, "Typed-At", ago(30*time.Minute)).is(http.StatusConflict).detail()
		require.Regexp(t, `^Pris par Ana à \d\d:\d\d, après votre geste d[eu] .*\d\d:\d\d\.$`, said)
		h.ask(t, "operator", http.MethodPost, at+"/take", nil, "Typed-At", ago(0)).is(http.StatusOK)
	})
}

// snapshot is a photo with a place in it, in base64.
func snapshot(t *testing.T, w, h int) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil))
	place := "\xff\xe1\x00\x0eExif\x00\x00GPS 45"
	return base64.StdEncoding.EncodeToString([]byte("\xff\xd8" + place + b.String()[2:]))
}

func TestAPhotoIsShownToWhoMayReadItsPost(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var p api.PostDetail
		body := fields{"kind": "quality-point", "territory": line3, "text": "Fuite", "photos": []string{snapshot(t, 2000, 1000)}}
		for range 2 {
			h.ask(t, "operator", http.MethodPost, "/api/v1/posts", body, "Idempotency-Key", "k1").is(http.StatusCreated).into(&p)
		}
		require.Len(t, p.Photos, 1)
		require.Equal(t, []int{1600, 800}, []int{p.Photos[0].Width, p.Photos[0].Height})
		var page api.PostPage
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).into(&page)
		require.Len(t, page.Posts, 1)
		require.Equal(t, p.Photos, page.Posts[0].Photos)

		at := "/api/v1/photos/" + p.Photos[0].ID
		a := h.ask(t, "operator", http.MethodGet, at, nil).is(http.StatusOK)
		require.Equal(t, "image/jpeg", a.Header.Get("Content-Type"))
		require.Equal(t, "private, no-store", a.Header.Get("Cache-Control"))
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		require.NotContains(t, string(a.Body), "GPS")
		small, err := jpeg.DecodeConfig(bytes.NewReader(h.ask(t, "manager", http.MethodGet, at+"?size=small", nil).is(http.StatusOK).Body))
		require.NoError(t, err)
		require.Equal(t, []int{320, 160}, []int{small.Width, small.Height})
		require.JSONEq(t,
			string(h.ask(t, "staff", http.MethodGet, "/api/v1/photos/none", nil).is(http.StatusNotFound).Body),
			string(h.ask(t, "staff", http.MethodGet, at, nil).is(http.StatusNotFound).Body))
		h.ask(t, "operator", http.MethodGet, at+"?size=huge", nil).is(http.StatusUnprocessableEntity)

		var c api.Comment
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+p.ID+"/comments", fields{"photos": []string{snapshot(t, 8, 8)}}).is(http.StatusCreated).into(&c)
		require.Len(t, c.Photos, 1)
	})
}

func TestAReportThatJoinsElsewhereShowsNoPhotoOfThere(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	body := fields{"kind": "stock-out", "territory": aisle2, "sku": "3017620422003", "photos": []string{snapshot(t, 8, 8)}}
	var mine, theirs api.PostDetail
	h.ask(t, "staff2", http.MethodPost, "/api/v1/posts", body).is(http.StatusCreated).into(&mine)
	body["territory"] = aisle1
	h.ask(t, "staff", http.MethodPost, "/api/v1/posts", body).is(http.StatusOK).into(&theirs)
	require.Equal(t, mine.ID, theirs.ID)
	require.Empty(t, theirs.Photos)
	require.Nil(t, theirs.LastComment)
	h.ask(t, "staff", http.MethodGet, "/api/v1/photos/"+mine.Photos[0].ID, nil).is(http.StatusNotFound)
}

func TestWhatIsNoPhotoIsRefusedAndNothingIsPosted(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for name, c := range map[string]struct {
		photos any
		status int
	}{
		"not base64": {[]string{"%%%"}, 422},
		"a page":     {[]string{base64.StdEncoding.EncodeToString([]byte("<script>"))}, 422},
		"four":       {[]string{snapshot(t, 8, 8), snapshot(t, 8, 8), snapshot(t, 8, 8), snapshot(t, 8, 8)}, 422},
		"five MB":    {[]string{base64.StdEncoding.EncodeToString(make([]byte, 5<<20))}, 422},
		"too much":   {[]string{strings.Repeat("A", 18<<20)}, 413},
		"a number":   {[]int{1}, 422},
	} {
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts",
			fields{"kind": "quality-point", "territory": line3, "text": name, "photos": c.photos}).is(c.status).detail()
	}
	page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Posts)
}
