package oidc

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/fildefer/fildefer/feed"
)

const (
	// answersWithin bounds how long the provider may take to answer.
	answersWithin = 10 * time.Second
	// pause is how long a provider that does not answer is left alone, so that
	// not everybody waits for it in turn.
	pause = 5 * time.Second
	// shownWithin is how old a sign-in at the provider may be that still lets
	// somebody in here.
	shownWithin = 12 * time.Hour
)

// Options say which provider, as whom, and what its groups stand for.
type Options struct {
	Issuer   string
	ClientID string
	// Secret is read each time, so that it can be changed without a restart;
	// nil for a client that has none.
	Secret   func() (string, error)
	Scopes   []string // besides openid; nil: the profile, and leave to ask again where it is offered
	Groups   string   // claim with the groups
	Name     string   // claim with what people are called
	Language string   // claim with their language
	Title    feed.Text
	Roots    *x509.CertPool // who signs the provider's certificate; nil: whom the system trusts
	Map      []Mapping
}

// Mapping is what a group stands for.
type Mapping struct {
	Group string
	Grant feed.Grant
}

// Provider is the company's identity provider. It is asked for its addresses
// and keys at first need, so that Fildefer starts without it.
type Provider struct {
	o      Options
	now    func() time.Time
	client *http.Client
	seal   cipher.AEAD

	mu    sync.Mutex
	found *oidc.Provider // nil until it answered
	fault error          // why it did not answer the last time
	asked time.Time      // when that was
}

// New returns the provider, which nobody asks yet.
func New(o Options, now func() time.Time) (*Provider, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
		MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true,
	}
	return &Provider{o: o, now: now, seal: seal, client: &http.Client{Transport: transport, Timeout: answersWithin}}, nil
}

// Issuer is whose accounts these are.
func (p *Provider) Issuer() string { return p.o.Issuer }

// Title is what the key says that leads to the provider.
func (p *Provider) Title() feed.Text { return p.o.Title }

// Check tells whether the provider answers as the one that was configured.
func (p *Provider) Check(ctx context.Context) error {
	_, err := p.discover(ctx)
	return err
}

// discover asks the provider for its addresses, until it has answered once,
// whether or not the person who needs them still waits. Its
// keys are asked for again whenever it signs with one that is not known.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.found != nil:
		return p.found, nil
	case p.fault != nil && p.now().Sub(p.asked) < pause:
		return nil, p.fault
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.o.Issuer)
	if err != nil {
		p.fault, p.asked = errors.Join(feed.ErrNoProvider, fmt.Errorf("discover %s: %w", p.o.Issuer, err)), p.now()
		return nil, p.fault
	}
	p.found = found
	return found, nil
}

// flow is how a browser is sent there and its answer exchanged.
func (p *Provider) flow(found *oidc.Provider, redirect string) (*oauth2.Config, error) {
	f := &oauth2.Config{ClientID: p.o.ClientID, Endpoint: found.Endpoint(), RedirectURL: redirect, Scopes: append([]string{oidc.ScopeOpenID}, p.scopes(found)...)}
	if p.o.Secret == nil {
		f.Endpoint.AuthStyle = oauth2.AuthStyleInParams
		return f, nil
	}
	var err error
	f.ClientSecret, err = p.o.Secret()
	return f, err
}

// Begin returns the address to send somebody to, and what their browser keeps
// until they come back.
func (p *Provider) Begin(ctx context.Context, sent feed.CompanyErrand) (address, kept string, err error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	f, err := p.flow(found, sent.Redirect)
	if err != nil {
		return "", "", err
	}
	e := errand{CompanyErrand: sent, State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), At: p.now()}
	// A provider that is told an age answers with the time of the last proof.
	age, more := shownWithin, []oauth2.AuthCodeOption{oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier)}
	if sent.Again {
		age, more = 0, append(more, oauth2.SetAuthURLParam("prompt", "login"))
	}
	more = append(more, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(age.Seconds()))))
	return f.AuthCodeURL(e.State, more...), p.close(e), nil
}
