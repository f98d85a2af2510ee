package oidc

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// claims are what a provider says of somebody, by name.
type claims map[string]any

func (c claims) has(name string) bool { _, there := c[name]; return there }

// text is a claim that is a text, empty when it is not one.
func (c claims) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// list is a claim that is a text or a list of texts.
func (c claims) list(name string) []string {
	if one := c.text(name); one != "" {
		return []string{one}
	}
	many, _ := c[name].([]any)
	var out []string
	for _, v := range many {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// instant is a claim that is a time in seconds, the zero time when it is none.
func (c claims) instant(name string) time.Time {
	seconds, ok := c[name].(float64)
	if !ok || math.Abs(seconds) > math.MaxInt32*2 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// provedAt is when the person last showed the provider who they are.
func (c claims) provedAt() time.Time { return c.instant("auth_time") }

// onTime refuses a token that was made in our future or is over: it is seconds
// old, so one of the clocks is wrong.
func (c claims) onTime(now time.Time) error {
	issued, over := c.instant("iat"), c.instant("exp")
	if from := c.instant("nbf"); from.After(issued) {
		issued = from
	}
	if issued.After(now.Add(skew)) || over.Before(now.Add(-skew)) {
		return errors.Join(feed.ErrClocksDiffer, fmt.Errorf("a token from %s to %s is read at %s", issued, over, now.UTC()))
	}
	return nil
}

// account is somebody by their claims. A group that the map does not name gives
// nothing.
func (p *Provider) account(c claims) feed.CompanyAccount {
	a := feed.CompanyAccount{Issuer: p.o.Issuer, Subject: c.text("sub"), Name: c.text(p.o.Name), Lang: p.language(c), ProvedAt: c.provedAt()}
	if a.Name == "" {
		a.Name = c.text("preferred_username")
	}
	groups := c.list(p.o.Groups)
	for _, m := range p.o.Map {
		if slices.Contains(groups, m.Group) && !slices.Contains(a.Grants, m.Grant) {
			a.Grants = append(a.Grants, m.Grant)
		}
	}
	return a
}

// language is the one of ours that somebody reads: "en-GB" is English.
func (p *Provider) language(c claims) feed.Lang {
	base, _, _ := strings.Cut(strings.ToLower(c.text(p.o.Language)), "-")
	if base, _, _ = strings.Cut(base, "_"); feed.Lang(base) == feed.English {
		return feed.English
	}
	return feed.French
}
