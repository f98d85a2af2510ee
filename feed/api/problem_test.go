package api_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestRefusalsNameTheFieldInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	const posts = "/api/v1/posts"
	for name, c := range map[string]struct {
		method, path string
		body         any
		header       []string
		status       int
		fr, en       string
	}{
		"unknown key": {
			http.MethodPost, posts,
			fields{"kind": "idea", "territory": line3, "text": "x", "author_id": "boss"},
			nil, 422,
			"« author_id » n’est pas attendu.", "“author_id” is not expected.",
		},
		"missing key": {http.MethodPost, posts, fields{"kind": "idea", "text": "x"}, nil, 422, "« territory » est obligatoire.", "“territory” is required."},
		"not one of": {
			http.MethodPost, posts,
			fields{"kind": "alert", "territory": line3},
			nil, 422,
			"« kind » doit être l’un de : quality-point, speed-point, stop-point, shortage, safety-point, other-point, idea, stock-out, phantom-stock, selling-well, price-point, help-wanted, question, ….",
			"“kind” must be one of: quality-point, speed-point, stop-point, shortage, safety-point, other-point, idea, stock-out, phantom-stock, selling-well, price-point, help-wanted, question, ….",
		},
		"wrong type": {http.MethodPost, posts, fields{"kind": "idea", "territory": line3, "text": 5}, nil, 422, "« text » doit être un texte.", "“text” must be a text."},
		"empty text": {http.MethodPost, posts, fields{"kind": "idea", "territory": line3}, nil, 422, "Le texte est vide.", "The text is empty."},
		"empty place": {
			http.MethodPost, posts,
			fields{"kind": "idea", "territory": "", "text": "x"},
			nil, 422,
			"« territory » doit compter au moins 1 caractère(s).", "“territory” must have at least 1 character(s).",
		},
		"NUL in a reference": {
			http.MethodPost, posts,
			fields{"kind": "stock-out", "territory": line3, "sku": "3\x00"},
			nil, 422,
			"« sku » contient des caractères interdits.", "“sku” holds characters that are not allowed.",
		},
		"NUL in a text": {
			http.MethodPost, posts,
			fields{"kind": "idea", "territory": line3, "text": "3\x00"},
			nil, 422,
			"Le texte contient des caractères illisibles.", "The text holds unreadable characters.",
		},
		"two at once": {
			http.MethodPost, posts,
			fields{"kind": "idea", "text": true},
			nil, 422,
			"« territory » est obligatoire. « text » doit être un texte.", "“territory” is required. “text” must be a text.",
		},
		"not an object": {http.MethodPost, posts, `[]`, nil, 422, "« body » doit être un objet JSON.", "“body” must be a JSON object."},
		"cut JSON":      {http.MethodPost, posts, `{"kind":`, nil, 400, "Le JSON s’arrête trop tôt.", "The JSON ends too early."},
		"broken JSON":   {http.MethodPost, posts, `{kind}`, nil, 400, "Le JSON est mal formé ('k').", "The JSON is malformed ('k')."},
		"no body":       {http.MethodPost, posts, nil, nil, 400, "Le corps de la demande manque.", "The request has no body."},
		"text/plain": {
			http.MethodPost, posts, `{}`,
			[]string{"Content-Type", "text/plain"},
			415,
			"Envoyez du JSON (application/json), et non text/plain.", "Send JSON (application/json), not text/plain.",
		},
		"key with a space": {
			http.MethodPost, posts,
			fields{"kind": "idea", "territory": line3, "text": "x"},
			[]string{"Idempotency-Key", "a b"},
			422,
			"« Idempotency-Key » contient des caractères interdits.", "“Idempotency-Key” holds characters that are not allowed.",
		},
		"limit too high":    {http.MethodGet, posts + "?limit=101", nil, nil, 422, "« limit » doit être au plus 100.", "“limit” must be at most 100."},
		"limit too low":     {http.MethodGet, posts + "?limit=0", nil, nil, 422, "« limit » doit être au moins 1.", "“limit” must be at least 1."},
		"limit not a count": {http.MethodGet, posts + "?limit=x", nil, nil, 422, "« limit » doit être un nombre entier.", "“limit” must be a whole number."},
		"not UTF-8":         {http.MethodGet, posts + "?territory=%ff", nil, nil, 422, "L’adresse contient des caractères illisibles.", "The address holds unreadable characters."},
		"NUL in an address": {http.MethodGet, posts + "/a%00b", nil, nil, 422, "L’adresse contient des caractères illisibles.", "The address holds unreadable characters."},
		"unknown address":   {http.MethodGet, "/api/v2/posts", nil, nil, 404, "Cette adresse n’existe pas.", "There is nothing at this address."},
		"unknown reaction": {
			http.MethodPut, posts + "/x/reactions/angry", nil, nil, 422,
			"« reaction » doit être l’un de : useful, like, recommend.", "“reaction” must be one of: useful, like, recommend.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.fr, h.ask(t, "operator", c.method, c.path, c.body, c.header...).is(c.status).detail())
			sep := "?"
			if strings.Contains(c.path, "?") {
				sep = "&"
			}
			require.Equal(t, c.en, h.ask(t, "operator", c.method, c.path+sep+"lang=en", c.body, c.header...).is(c.status).detail())
		})
	}
}

func TestARefusalDoesNotRepeatWhatWasSent(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	a := h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": 987654}).is(http.StatusUnprocessableEntity)
	require.NotContains(t, string(a.Body), "987654")
	a = h.ask(t, "", http.MethodPost, "/api/v1/session", `{"member":"operator","pin":"987654`).is(http.StatusBadRequest)
	require.NotContains(t, string(a.Body), "987654")
}

func TestTheLanguageIsTheAddressesThenTheMembersThenTheBrowsers(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	const french, english = "Cette adresse n’existe pas.", "There is nothing at this address."
	for name, c := range map[string]struct {
		as           feed.MemberID
		query, wants string
		want         string
	}{
		"nothing said":          {"", "", "", french},
		"browser":               {"", "", "en-GB,en;q=0.9,fr;q=0.5", english},
		"browser, other tongue": {"", "", "de-DE", french},
		"browser, nonsense":     {"", "", ";;;", french},
		"member before browser": {"operator", "", "en", french},
		"English member":        {"manager", "", "fr", english},
		"address before member": {"operator", "?lang=en", "", english},
		"unknown in address":    {"manager", "?lang=xx", "", english},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, h.ask(t, c.as, http.MethodGet, "/api/none"+c.query, nil, "Accept-Language", c.wants).detail())
		})
	}
}

func TestTenMegabytesAreRefused(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	body := append([]byte(`{"cause":"`), bytes.Repeat([]byte("x"), 10<<20)...)
	require.Equal(t, "La demande dépasse 65\u202f536 octets.",
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/x/resolve", string(append(body, `"}`...))).is(http.StatusRequestEntityTooLarge).detail())
	h.ask(t, "operator", http.MethodPost, "/api/v1/posts",
		fields{"kind": "idea", "territory": line3, "text": strings.Repeat("€", 4000)}).is(http.StatusCreated)
}

// broken is a database that is away.
type broken struct{ api.Posts }

func (broken) Post(context.Context, feed.Scope, feed.PostID) (*feed.Post, error) { return nil, errAway }

func TestOurOwnFaultIsNotExplained(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Posts = broken{o.Posts} })
	a := h.ask(t, "operator", http.MethodGet, "/api/v1/posts/x", nil).is(http.StatusInternalServerError)
	require.Contains(t, a.detail(), "réessayez")
	require.NotContains(t, string(a.Body), "10.0.0.7")
}
