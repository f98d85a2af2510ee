package opcua

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gopcua/opcua"
	"github.com/gopcua/opcua/ua"
)

// discover finds the endpoint with exactly the configured protection, and
// refuses a server whose certificate is not trusted. What discovery says is
// not authenticated: the pinned certificate is.
func (c *Connector) discover(ctx context.Context) (*ua.EndpointDescription, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	endpoints, err := opcua.GetEndpoints(ctx, c.cfg.Endpoint, opcua.DialTimeout(dialTimeout), opcua.RequestTimeout(callTimeout))
	if err != nil {
		return nil, fmt.Errorf("ask for endpoints (is the server running, and the address right?): %w", err)
	}
	policy := ua.FormatSecurityPolicyURI(c.cfg.Security.policy())
	mode := ua.MessageSecurityModeFromString(c.cfg.Security.mode())
	var offered []string
	for _, e := range endpoints {
		if e.SecurityPolicyURI == policy && e.SecurityMode == mode && e.Server != nil {
			if c.cfg.Security.on() {
				err = c.cfg.Security.trust(e.ServerCertificate, c.path(".trusted"))
			}
			return e, err
		}
		_, name, _ := strings.Cut(e.SecurityPolicyURI, "#")
		offered = append(offered, name+"/"+strings.TrimPrefix(e.SecurityMode.String(), "MessageSecurityMode"))
	}
	slices.Sort(offered)
	return nil, fmt.Errorf("the server does not offer %s; it offers %s",
		&c.cfg.Security, strings.Join(slices.Compact(offered), ", "))
}
