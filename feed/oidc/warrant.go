package oidc

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/fildefer/fildefer/feed"
)

// offline asks for leave to ask again after the person has closed their browser:
// the end of their sitting at the provider is no leaving of the company.
const offline = oidc.ScopeOfflineAccess

// scopes are what is asked for: as configured, else the profile, and leave to
// ask again from a provider that knows of it.
func (p *Provider) scopes(found *oidc.Provider) []string {
	if p.o.Scopes != nil {
		return p.o.Scopes
	}
	var known struct {
		Scopes []string `json:"scopes_supported"`
	}
	if found.Claims(&known) == nil && p.o.Secret != nil && slices.Contains(known.Scopes, offline) {
		return []string{"profile", offline}
	}
	return []string{"profile"}
}

// warrant is what tokens leave to ask again with, sealed; empty when they leave
// nothing that lasts, or when there is no secret to seal it with.
func (p *Provider) warrant(f *oauth2.Config, refresh string) (string, error) {
	if refresh == "" || p.o.Secret == nil || !slices.Contains(f.Scopes, offline) {
		return "", nil
	}
	box, err := p.box()
	if err != nil {
		return "", err
	}
	iv := make([]byte, box.NonceSize())
	_, _ = rand.Read(iv) // never fails
	return base64.RawURLEncoding.EncodeToString(box.Seal(iv, iv, []byte(refresh), nil)), nil
}

// unseal is what warrant sealed.
func (p *Provider) unseal(sealed string) (refresh string, err error) {
	if p.o.Secret == nil {
		return "", errors.New("there is no client secret to open what it is asked with")
	}
	box, err := p.box()
	if err != nil {
		return "", err
	}
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < box.NonceSize() {
		return "", errors.New("what it is asked with is unreadable")
	}
	plain, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], nil)
	if err != nil {
		return "", errors.New("what it is asked with was sealed under another client secret: the next sign-in renews it")
	}
	return string(plain), nil
}

// box closes what is kept in the database with the client secret, without which
// it is worth nothing at the provider either.
func (p *Provider) box() (cipher.AEAD, error) {
	secret, err := p.o.Secret()
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), []byte(p.o.Issuer), "fildefer warrant", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Renew asks after an account with what was sealed when it last answered, and
// returns it as it is by now. [feed.ErrAccountEnded] when the provider does not
// renew it; every other error says nothing of the account.
func (p *Provider) Renew(ctx context.Context, sealed string) (a feed.CompanyAccount, err error) {
	refresh, err := p.unseal(sealed)
	if err != nil {
		return a, err
	}
	found, err := p.discover(ctx)
	if err != nil {
		return a, err
	}
	f, err := p.flow(found, "")
	if err != nil {
		return a, err
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, p.client)
	tokens, err := f.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return a, renewFault(err)
	}
	c, err := p.renewed(ctx, found, tokens)
	if err != nil {
		return a, err
	}
	a = p.account(c)
	if a.Warrant = sealed; tokens.RefreshToken != refresh {
		a.Warrant, err = p.warrant(f, tokens.RefreshToken)
	}
	return a, err
}

// renewed are the claims that come with renewed tokens, or that the provider
// tells of their person when it is asked.
func (p *Provider) renewed(ctx context.Context, found *oidc.Provider, tokens *oauth2.Token) (claims, error) {
	c := claims{}
	if raw, _ := tokens.Extra("id_token").(string); raw != "" {
		verifier := found.Verifier(&oidc.Config{ClientID: p.o.ClientID, Now: p.now, SkipExpiryCheck: true}) // see onTime
		token, err := verifier.Verify(ctx, raw)
		if err != nil {
			return nil, errors.Join(feed.ErrNotBelieved, err)
		}
		if err := token.Claims(&c); err != nil {
			return nil, errors.Join(feed.ErrNotBelieved, err)
		}
		if err := c.onTime(p.now()); err != nil {
			return nil, err
		}
	}
	if c.has("sub") && c.has(p.o.Groups) {
		return c, nil
	}
	more, err := p.ask(ctx, found, c, tokens)
	if err == nil && !more.has("sub") {
		err = fmt.Errorf("%s tells nothing of whose tokens it renews", p.o.Issuer)
	}
	return more, err
}

// renewFault tells an account that ended from a provider that does not answer
// as it should.
func renewFault(err error) error {
	if said := (*oauth2.RetrieveError)(nil); errors.As(err, &said) && said.ErrorCode == "invalid_grant" {
		return errors.Join(feed.ErrAccountEnded, err)
	}
	return exchangeFault(err)
}
