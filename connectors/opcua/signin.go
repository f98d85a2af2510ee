package opcua

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gopcua/opcua"
	"github.com/gopcua/opcua/ua"
	"github.com/gopcua/opcua/uasc"
)

// signIn is who opens the session, in the form that the endpoint asks for.
// Where the endpoint does not take that kind of user at all, the library would
// sign in as nobody; here it is an error.
func (c *Connector) signIn(e *ua.EndpointDescription) (*uasc.SessionConfig, error) {
	applicationURI := c.applicationURI()
	if c.cfg.Security.on() {
		var err error
		cert, _ := c.identity()
		if applicationURI, err = applicationURIOf(cert); err != nil {
			return nil, err
		}
	}
	session := c.sessionAs(applicationURI)
	want := ua.UserTokenTypeAnonymous
	if c.cfg.Auth.User != "" {
		want = ua.UserTokenTypeUserName
	}
	i := slices.IndexFunc(e.UserIdentityTokens, func(t *ua.UserTokenPolicy) bool { return t.TokenType == want })
	if i < 0 {
		return nil, fmt.Errorf("auth: the server takes no %s with security %s",
			strings.TrimPrefix(want.String(), "UserTokenType"), &c.cfg.Security)
	}
	policy := e.UserIdentityTokens[i]
	session.AuthPolicyURI = policy.SecurityPolicyURI // empty: as the channel
	if c.cfg.Auth.User == "" {
		session.UserIdentityToken = &ua.AnonymousIdentityToken{PolicyID: policy.PolicyID}
		return session, nil
	}
	if err := c.maySend(policy); err != nil {
		return nil, err
	}
	password, err := c.cfg.Auth.Password.Reveal(c.cfg.Auth.PasswordFile, c.cfg.Auth.PasswordEnv)
	if err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	session.UserIdentityToken = &ua.UserNameIdentityToken{PolicyID: policy.PolicyID, UserName: c.cfg.Auth.User}
	session.AuthPassword = password
	return session, nil
}

// maySend decides about a password that nothing but the channel would hide.
// What discovery says is not authenticated, so a signed channel, chosen with
// care, must not be talked into showing the password.
func (c *Connector) maySend(policy *ua.UserTokenPolicy) error {
	hidden := policy.SecurityPolicyURI != "" && policy.SecurityPolicyURI != ua.SecurityPolicyURINone ||
		policy.SecurityPolicyURI == "" && c.cfg.Security.on()
	switch {
	case hidden || c.cfg.Security.mode() == modeEncrypt:
	case c.cfg.Security.mode() == modeSign:
		return errors.New("auth: the server asks for the password in clear on a channel that is only signed:" +
			" set security.mode to SignAndEncrypt")
	default:
		c.log.Warn("the password crosses the network in clear: choose a security policy")
	}
	return nil
}

// sessionAs is what a session needs before anybody signs in.
func (c *Connector) sessionAs(applicationURI string) *uasc.SessionConfig {
	session := opcua.DefaultSessionConfig()
	session.SessionName = "fildefer " + c.name
	session.SessionTimeout = sessionTimeout
	session.ClientDescription = &ua.ApplicationDescription{
		ApplicationURI: applicationURI, ProductURI: "urn:fildefer",
		ApplicationName: ua.NewLocalizedText("Fildefer"), ApplicationType: ua.ApplicationTypeClient,
	}
	return session
}

// explain says what to do about what a server answered to our sign-in.
func (c *Connector) explain(err error) error {
	switch {
	case errors.Is(err, ua.StatusBadUserAccessDenied), errors.Is(err, ua.StatusBadIdentityTokenRejected),
		errors.Is(err, ua.StatusBadIdentityTokenInvalid):
		return fmt.Errorf("the server refused the sign-in of %s: check auth.user and its password: %w", c.user(), err)
	case errors.Is(err, ua.StatusBadTooManySessions):
		return fmt.Errorf("the server has no session left: close other clients or raise its limit: %w", err)
	case errors.Is(err, ua.StatusBadSecurityChecksFailed), errors.Is(err, ua.StatusBadCertificateUntrusted):
		return fmt.Errorf("the server does not trust our certificate: add it to the server's trust list: %w", err)
	}
	return fmt.Errorf("open a session: %w", err)
}

func (c *Connector) user() string {
	if c.cfg.Auth.User == "" {
		return "an anonymous user"
	}
	return c.cfg.Auth.User
}
