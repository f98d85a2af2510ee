package opcua

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/gopcua/opcua"
	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"
	"github.com/gopcua/opcua/uasc"
)

// Bounds of what is asked of a server.
const (
	dialTimeout  = 8 * time.Second  // also how late the end of a context may be noticed
	callTimeout  = 10 * time.Second // any service but publish
	closeTimeout = 2 * time.Second  // a dead server is not waited for

	// sessionTimeout is how long the server keeps a session that was cut off.
	// Small controllers have ten sessions in all.
	sessionTimeout = 2 * time.Minute
	// requestTimeout is the library's own, and only bounds what has no
	// deadline; publishing has its own watch.
	requestTimeout = 5 * time.Minute
)

// link is an open session on a secure channel, and what the server said of
// itself when it was opened.
type link struct {
	client     *opcua.Client
	server     string // application URI
	namespaces []string
	limits     limits
}

// limits is how many operations the server takes in one call.
type limits struct{ read, browse, monitor int }

// signatureBasic256Sha256 is what the policy signs with (Part 7).
const signatureBasic256Sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"

// fallbackLimit is used where a server names no limit; anything goes through
// with it, and larger calls gain little.
const fallbackLimit = 500

// dial opens a session, or says in one sentence why not and what to do. It
// never accepts less protection than configured.
func (c *Connector) dial(ctx context.Context) (*link, error) {
	endpoint, err := c.discover(ctx)
	if err != nil {
		return nil, err
	}
	channel, err := c.channel(endpoint)
	if err != nil {
		return nil, err
	}
	signIn, err := c.signIn(endpoint)
	if err != nil {
		return nil, err
	}
	client, err := opcua.NewClient(c.cfg.Endpoint, channel...)
	if err != nil {
		return nil, fmt.Errorf("prepare the channel: %w", err)
	}
	if err := open(ctx, client, endpoint, signIn); err != nil {
		closeClient(ctx, client)
		return nil, c.explain(err)
	}
	l := &link{client: client, server: endpoint.Server.ApplicationURI}
	if err := l.refresh(ctx); err != nil {
		l.close(ctx)
		return nil, err
	}
	return l, nil
}

// channel is what the secure channel to an endpoint needs.
func (c *Connector) channel(e *ua.EndpointDescription) ([]opcua.Option, error) {
	options := []opcua.Option{
		opcua.AutoReconnect(false), opcua.DialTimeout(dialTimeout), opcua.RequestTimeout(requestTimeout),
		opcua.SecurityFromEndpoint(e, ua.UserTokenTypeAnonymous),
	}
	if !c.cfg.Security.on() {
		return options, nil
	}
	cert, key := c.identity()
	if c.cfg.Security.Cert == "" {
		if err := ensureIdentity(cert, key, c.applicationURI(), time.Now()); err != nil {
			return nil, err
		}
	}
	return append(options, opcua.CertificateFile(cert), opcua.PrivateKeyFile(key)), nil
}

// identity is where our certificate and key are.
func (c *Connector) identity() (cert, key string) {
	if c.cfg.Security.Cert != "" {
		return c.cfg.Security.Cert, c.cfg.Security.Key
	}
	return c.path(".crt"), c.path(".key")
}

// applicationURI names this connector to servers; it is in our certificate.
func (c *Connector) applicationURI() string { return "urn:fildefer:opcua:" + url.PathEscape(c.name) }

// path is a file of this connector in the data folder.
func (c *Connector) path(suffix string) string {
	return filepath.Join(c.dataDir, "opcua", url.PathEscape(c.name)+suffix)
}

// open builds the channel, then the session on it, step by step, because the
// library's Connect trusts too much: it takes the policy that the answer
// names, dereferences a session that it did not get, and reports success when
// it could not sign.
func open(ctx context.Context, client *opcua.Client, e *ua.EndpointDescription, signIn *uasc.SessionConfig) error {
	dialing, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if err := client.Dial(dialing); err != nil {
		return err
	}
	ctx, cancel = context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if err := protected(client.SecureChannel(), e); err != nil {
		return err
	}
	session, err := client.CreateSession(ctx, signIn)
	switch {
	case err != nil:
		return err
	case session == nil:
		return errors.New("the server did not prove to own its certificate")
	}
	if err := client.ActivateSession(ctx, session); err != nil {
		return err
	}
	if client.Session() == nil {
		return errors.New("the session could not be signed: check security.cert and security.key")
	}
	return nil
}

// protected makes sure that the open channel still has the policy that was
// asked for: the library takes over whatever policy an answer names, and after
// "None" the password would follow in clear. What the channel would sign with
// tells.
func protected(channel *uasc.SecureChannel, e *ua.EndpointDescription) error {
	if e.SecurityPolicyURI == ua.SecurityPolicyURINone {
		return nil
	}
	_, algorithm, err := channel.NewSessionSignature(e.ServerCertificate, nil)
	if err != nil {
		return fmt.Errorf("sign with security.key: %w", err)
	}
	if algorithm != signatureBasic256Sha256 {
		return fmt.Errorf("the channel was answered with weaker protection (%q): no session is opened", algorithm)
	}
	return nil
}

// refresh reads what may change while the session stays: the namespaces, and
// the server's limits.
func (l *link) refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	namespaces, err := l.client.NamespaceArray(ctx)
	if err != nil {
		return fmt.Errorf("read the server's namespaces: %w", err)
	}
	l.namespaces = namespaces
	res, err := l.client.Read(ctx, &ua.ReadRequest{NodesToRead: []*ua.ReadValueID{
		{NodeID: ua.NewNumericNodeID(0, id.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead)},
		{NodeID: ua.NewNumericNodeID(0, id.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse)},
		{NodeID: ua.NewNumericNodeID(0, id.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall)},
	}})
	if err != nil {
		return fmt.Errorf("read the server's limits: %w", err)
	}
	if len(res.Results) != 3 {
		return fmt.Errorf("read the server's limits: %d answers to 3 questions", len(res.Results))
	}
	l.limits = limits{limit(res.Results[0]), limit(res.Results[1]), limit(res.Results[2])}
	return nil
}

func limit(dv *ua.DataValue) int {
	if dv.Value == nil { // a status in place of a value
		return fallbackLimit
	}
	n, ok := dv.Value.Value().(uint32)
	if !ok || n == 0 || n > itemsPerSubscription {
		return fallbackLimit
	}
	return int(n)
}

// close ends the session at the server too, so that a flapping link does not
// use up its sessions.
func (l *link) close(ctx context.Context) { closeClient(ctx, l.client) }

func closeClient(ctx context.Context, client *opcua.Client) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	// The channel may be gone already; there is nothing to do about it.
	_ = client.Close(ctx)
}
