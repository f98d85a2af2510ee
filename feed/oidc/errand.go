package oidc

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// errandFor is how long somebody may take at the provider.
const errandFor = 10 * time.Minute

// errand is what has to be remembered between sending somebody to the provider
// and their coming back. Their own browser keeps it, closed: who comes back with
// another's answer cannot open a session with it.
type errand struct {
	feed.CompanyErrand
	State, Nonce, Verifier string
	At                     time.Time
}

// close seals an errand for the browser.
func (p *Provider) close(e errand) string {
	plain, _ := json.Marshal(e) // of strings and a time: never fails
	iv := make([]byte, p.seal.NonceSize())
	_, _ = rand.Read(iv) // never fails
	return base64.RawURLEncoding.EncodeToString(p.seal.Seal(iv, iv, plain, nil))
}

// open reads what the browser kept. What it does not have any more, what
// somebody else sealed, also this program before it was started anew, and what
// is too old was asked too long ago.
func (p *Provider) open(kept string) (errand, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil || len(sealed) < p.seal.NonceSize() {
		return errand{}, feed.ErrAskedLongAgo
	}
	plain, err := p.seal.Open(nil, sealed[:p.seal.NonceSize()], sealed[p.seal.NonceSize():], nil)
	if err != nil {
		return errand{}, feed.ErrAskedLongAgo
	}
	var e errand
	if err := json.Unmarshal(plain, &e); err != nil || p.now().Sub(e.At) > errandFor {
		return errand{}, feed.ErrAskedLongAgo
	}
	return e, nil
}
