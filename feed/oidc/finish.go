package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/fildefer/fildefer/feed"
)

// skew is how far the provider's clock may be from ours.
const skew = time.Minute

// Finish takes what the browser kept and the answer that it came back with, and
// returns whose account it is and for what they were sent, which is told of who
// is refused too. Whatever does not fit is refused, with its cause for the log.
func (p *Provider) Finish(ctx context.Context, kept string, answer url.Values) (a feed.CompanyAccount, sent feed.CompanyErrand, err error) {
	e, err := p.open(kept)
	if err != nil {
		return a, e.CompanyErrand, err
	}
	if subtle.ConstantTimeCompare([]byte(e.State), []byte(answer.Get("state"))) == 0 {
		return a, e.CompanyErrand, errors.Join(feed.ErrAskedLongAgo, errors.New("the state is not the one that was sent"))
	}
	if iss := answer.Get("iss"); iss != "" && iss != p.o.Issuer {
		return a, e.CompanyErrand, errors.Join(feed.ErrNotBelieved, fmt.Errorf("the answer is by %q", iss))
	}
	if refusal := answer.Get("error"); refusal != "" {
		return a, e.CompanyErrand, errors.Join(feed.ErrDeclined, fmt.Errorf("the provider says %q", refusal))
	}
	found, err := p.discover(ctx)
	if err != nil {
		return a, e.CompanyErrand, err
	}
	f, err := p.flow(found, e.Redirect)
	if err != nil {
		return a, e.CompanyErrand, err
	}
	c, tokens, err := p.exchange(ctx, found, f, e, answer.Get("code"))
	if err != nil {
		return a, e.CompanyErrand, err
	}
	if e.Again && e.At.Sub(c.provedAt()) > skew {
		return a, e.CompanyErrand, errors.Join(feed.ErrNotBelieved, errors.New("the provider did not ask again who it is"))
	}
	a = p.account(c)
	a.Warrant, err = p.warrant(f, tokens.RefreshToken)
	return a, e.CompanyErrand, err
}

// exchange turns the code into claims that are signed by the provider, for us,
// now, for this very errand.
func (p *Provider) exchange(ctx context.Context, found *oidc.Provider, f *oauth2.Config, e errand, code string) (claims, *oauth2.Token, error) {
	ctx = context.WithValue(ctx, oauth2.HTTPClient, p.client)
	tokens, err := f.Exchange(ctx, code, oauth2.VerifierOption(e.Verifier))
	if err != nil {
		return nil, nil, exchangeFault(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	verifier := found.Verifier(&oidc.Config{ClientID: p.o.ClientID, Now: p.now, SkipExpiryCheck: true}) // see onTime
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return nil, nil, errors.Join(feed.ErrNotBelieved, err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(e.Nonce)) == 0 {
		return nil, nil, errors.Join(feed.ErrNotBelieved, errors.New("the nonce is not the one that was sent"))
	}
	var c claims
	if err := token.Claims(&c); err != nil {
		return nil, nil, errors.Join(feed.ErrNotBelieved, err)
	}
	if err := c.onTime(p.now()); err != nil {
		return nil, nil, err
	}
	if c.has(p.o.Groups) {
		return c, tokens, nil
	}
	c, err = p.ask(ctx, found, c, tokens)
	return c, tokens, err
}

// ask completes the claims with those that the provider tells only when it is
// asked about the person: some keep their tokens short.
func (p *Provider) ask(ctx context.Context, found *oidc.Provider, c claims, tokens *oauth2.Token) (claims, error) {
	if found.UserInfoEndpoint() == "" {
		return c, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return nil, errors.Join(feed.ErrNoProvider, err)
	}
	if c.has("sub") && info.Subject != c.text("sub") {
		return nil, errors.Join(feed.ErrNotBelieved, errors.New("the provider tells of somebody else"))
	}
	var more claims
	if err := info.Claims(&more); err != nil {
		return nil, errors.Join(feed.ErrNotBelieved, err)
	}
	for name, value := range more {
		if !c.has(name) {
			c[name] = value
		}
	}
	return c, nil
}

// exchangeFault says what a failed exchange means to the person.
func exchangeFault(err error) error {
	var said *oauth2.RetrieveError
	switch {
	case !errors.As(err, &said) || said.Response.StatusCode >= http.StatusInternalServerError:
		return errors.Join(feed.ErrNoProvider, err)
	case said.ErrorCode == "invalid_grant":
		return errors.Join(feed.ErrAskedLongAgo, err)
	default:
		return errors.Join(feed.ErrNotBelieved, err)
	}
}
