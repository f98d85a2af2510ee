// Package oidc signs people in with the company's account, by OpenID Connect:
// the authorization code flow with PKCE, a state and a nonce. It owns what is
// asked of the identity provider, what is believed of its answer, and how claims
// become a name and roles. It knows nothing of members, sessions or SQL; what
// one sign-in must remember between leaving and coming back travels sealed in
// the browser.
package oidc
