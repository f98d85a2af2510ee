package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/fault"
	"github.com/fildefer/fildefer/feed/oidc"
)

// oidcConfig is the company's identity provider, with which people sign in who
// have an account of the company.
type oidcConfig struct {
	Issuer           string        `yaml:"issuer"`    // address, as the provider writes it itself
	ClientID         string        `yaml:"client_id"` // as registered there, with <site>/api/v1/session/oidc/callback
	ClientSecretFile string        `yaml:"client_secret_file"`
	Site             string        `yaml:"site"`           // where people open Fildefer; default: as their browser says
	Scopes           []string      `yaml:"scopes"`         // besides openid; default: profile, and offline_access where it is offered
	AskEvery         time.Duration `yaml:"ask_every"`      // how often accounts are asked after, so that leaving the company is noticed; default: 30s
	GroupsClaim      string        `yaml:"groups_claim"`   // default: groups
	NameClaim        string        `yaml:"name_claim"`     // default: name
	LanguageClaim    string        `yaml:"language_claim"` // default: locale
	Title            titleConfig   `yaml:"title"`          // of the key on the sign-in screen
	CA               string        `yaml:"ca"`             // who signs the provider's certificate; default: whom the system trusts
	Map              []groupConfig `yaml:"map"`            // what each group may do where; others give nothing
}

type titleConfig struct {
	FR string `yaml:"fr"`
	EN string `yaml:"en"`
}

type groupConfig struct {
	Group     string `yaml:"group"`
	Role      string `yaml:"role"`
	Territory string `yaml:"territory"`
}

// Bounds of how often accounts are asked after.
const (
	leastAsk = 100 * time.Millisecond
	mostAsk  = time.Hour
)

// maxTitle keeps the key on one line of a phone, in characters.
const maxTitle = 32

// resolve makes files relative to the configuration, and fills in what it
// leaves open.
func (o *oidcConfig) resolve(path func(string) string) {
	o.ClientSecretFile, o.CA, o.Site = path(o.ClientSecretFile), path(o.CA), strings.TrimSuffix(o.Site, "/")
	for value, otherwise := range map[*string]string{
		&o.GroupsClaim: "groups", &o.NameClaim: "name", &o.LanguageClaim: "locale",
		&o.Title.FR: "Compte de l’entreprise", &o.Title.EN: "Company account",
	} {
		if *value == "" {
			*value = otherwise
		}
	}
	if o.AskEvery == 0 {
		o.AskEvery = feed.RollPace
	}
}

func (o *oidcConfig) validate(f *fault.List) {
	if !trustworthy(o.Issuer) {
		f.At("oidc.issuer", "%q is no address such as https://login.example.com/realms/plant", o.Issuer)
	}
	if o.ClientID == "" {
		f.At("oidc.client_id", "is missing: write the name under which Fildefer is registered with the provider")
	}
	if u, err := url.Parse(o.Site); o.Site != "" && (!trustworthy(o.Site) || err != nil || u.Path != "") {
		f.At("oidc.site", "%q is no address such as https://fildefer.example.com", o.Site)
	}
	for key, title := range map[string]string{"fr": o.Title.FR, "en": o.Title.EN} {
		if len([]rune(title)) > maxTitle {
			f.At("oidc.title."+key, "%q is longer than %d characters", title, maxTitle)
		}
	}
	if o.AskEvery < leastAsk || o.AskEvery > mostAsk {
		f.At("oidc.ask_every", "%s is not between %s and %s", o.AskEvery, leastAsk, mostAsk)
	}
	if len(o.Map) == 0 {
		f.At("oidc.map", "is missing: without it nobody has a role; write - {group: …, role: operator, territory: lyon}")
	}
	for i, m := range o.Map {
		key := fmt.Sprintf("oidc.map[%d]", i)
		if m.Group == "" {
			f.At(key+".group", "is missing")
		}
		if !slices.Contains(feed.Roles, feed.Role(m.Role)) {
			f.At(key+".role", "%q is none of %v", m.Role, feed.Roles)
		}
		if !isPath(m.Territory) {
			f.At(key+".territory", "%q: write segments with / between them and none at either end", m.Territory)
		}
	}
	if _, err := o.roots(); err != nil {
		f.At("oidc.ca", "%v", err)
	}
	if _, err := o.secret(); err != nil {
		f.At("oidc.client_secret_file", "%v", err)
	}
}

// trustworthy tells whether an address is one of a site that proves who it is;
// this computer need not.
func trustworthy(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// roots are the certificates in the CA file, nil when none is configured.
func (o *oidcConfig) roots() (*x509.CertPool, error) {
	if o.CA == "" {
		return nil, nil
	}
	text, err := os.ReadFile(o.CA)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate in PEM", o.CA)
	}
	return pool, nil
}

func (o *oidcConfig) secret() (string, error) {
	secret, err := connectors.Secret("").Reveal(o.ClientSecretFile, "")
	if err == nil && o.ClientSecretFile != "" && secret == "" {
		return "", fmt.Errorf("%s is empty", o.ClientSecretFile)
	}
	return secret, err
}

// provider is the identity provider in the words of its room.
func (o *oidcConfig) provider() (*oidc.Provider, error) {
	roots, err := o.roots()
	if err != nil {
		return nil, fmt.Errorf("oidc.ca: %w", err)
	}
	out := oidc.Options{
		Issuer: o.Issuer, ClientID: o.ClientID, Scopes: o.Scopes, Groups: o.GroupsClaim, Name: o.NameClaim, Language: o.LanguageClaim,
		Title: feed.Text{FR: o.Title.FR, EN: o.Title.EN}, Roots: roots,
	}
	if o.ClientSecretFile != "" {
		out.Secret = o.secret
	}
	for _, m := range o.Map {
		out.Map = append(out.Map, oidc.Mapping{Group: m.Group, Grant: feed.Grant{Territory: feed.Path(m.Territory), Role: feed.Role(m.Role)}})
	}
	return oidc.New(out, time.Now)
}

// offerCompany lets people sign in with the company's account, where there is
// one, and asks after them from then on.
func (a *app) offerCompany(o *api.Options, roster *feed.Roster) error {
	if a.cfg.OIDC == nil {
		return nil
	}
	provider, err := a.cfg.OIDC.provider()
	if err != nil {
		return err
	}
	o.Company, o.Site = provider, a.cfg.OIDC.Site
	a.roll = feed.NewRollCall(roster, a.store, provider, a.cfg.OIDC.AskEvery, time.Now)
	return nil
}

// check tries whether the provider answers as the one that is configured.
func (o *oidcConfig) check(ctx context.Context) (string, error) {
	p, err := o.provider()
	if err != nil {
		return "", err
	}
	if err := p.Check(ctx); err != nil {
		// The sentence is for people at the screens; here the cause helps.
		var many interface{ Unwrap() []error }
		if errors.As(err, &many) {
			return "", many.Unwrap()[len(many.Unwrap())-1]
		}
		return "", err
	}
	return o.Issuer, nil
}
