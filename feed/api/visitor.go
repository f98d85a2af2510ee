package api

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/fildefer/fildefer/feed"
)

// visitor is who asks, from where, and in which language to answer.
type visitor struct {
	member feed.Member  // who is signed in, else the device; zero when neither is known
	person bool         // somebody is signed in
	device *feed.Device // paired device that the request came from; nil elsewhere
	token  string       // of the session
	proved time.Time    // when who is signed in last showed who they are
	paired string       // token of the device
	lang   feed.Lang
	addr   netip.Addr
	host   string // that the browser asked for
	secure bool
}

// on is the paired device that the request came from, empty elsewhere.
func (v *visitor) on() feed.DeviceID {
	if v.device == nil {
		return ""
	}
	return v.device.ID
}

type visitorKey struct{}

func visitorOf(ctx context.Context) *visitor {
	if v, ok := ctx.Value(visitorKey{}).(*visitor); ok {
		return v
	}
	return &visitor{lang: feed.French}
}

// identify finds out who the visitor is. Without a valid session the visitor is
// the paired device, and without one nobody; when sessions cannot be read, the
// request ends here.
func (s *server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visitor{host: r.Host, token: token(r), paired: cookie(r, deviceCookie), lang: s.language(r, "")}
		v.addr, v.secure = s.origin(r)
		r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Vary", "Accept-Encoding, Accept-Language, Cookie, Authorization")
		if !readable(r.URL) {
			s.refuse(w, r, errAddress)
			return
		}
		if err := s.recognise(r, v); err != nil {
			s.refuse(w, r, err)
			return
		}
		s.attend(r, v)
		next.ServeHTTP(w, r)
	})
}

// recognise finds the paired device that asks, then who is signed in on it. A
// session that was opened on a device holds on that device only.
func (s *server) recognise(r *http.Request, v *visitor) error {
	if v.paired != "" {
		d, err := s.Pairing.Device(r.Context(), v.paired)
		if err != nil && feed.ProblemOf(err) != feed.Unauthorized {
			return err
		}
		if err == nil {
			v.device, v.member = &d, d.Member(v.lang)
		}
	}
	if v.token == "" {
		return nil
	}
	session, err := s.Sessions.Visit(r.Context(), v.token)
	switch {
	case feed.ProblemOf(err) == feed.Unauthorized, err == nil && session.Device != "" && session.Device != v.on():
		return nil
	case err != nil:
		return err
	}
	v.member, v.person, v.proved = session.Member, true, session.ProvedAt
	v.lang = s.language(r, v.member.Lang)
	return nil
}

// token is the bearer token of a program, or the cookie of a browser.
func token(r *http.Request) string {
	if scheme, t, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(t)
	}
	return cookie(r, cookieName)
}

func cookie(r *http.Request, name string) string {
	if c, err := r.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

// language is what the address asks for, else what the member chose, else what
// the browser prefers, else French.
func (s *server) language(r *http.Request, chosen feed.Lang) feed.Lang {
	for _, l := range []feed.Lang{feed.Lang(r.URL.Query().Get("lang")), chosen} {
		if l == feed.French || l == feed.English {
			return l
		}
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return feed.French
	}
	if _, i, sure := s.langs.Match(wanted...); i == 1 && sure > language.No {
		return feed.English
	}
	return feed.French
}

// readable tells whether the address is text that a database takes.
func readable(u *url.URL) bool {
	query, err := url.QueryUnescape(u.RawQuery)
	return err == nil && utf8.ValidString(u.Path) && utf8.ValidString(query) && !strings.ContainsRune(u.Path+query, 0)
}

var errAddress = feed.Refuse(feed.Invalid, "L’adresse contient des caractères illisibles.", "The address holds unreadable characters.")
