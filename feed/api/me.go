package api

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"

	"github.com/fildefer/fildefer/feed"
)

// Members is what the API reads of those who may sign in.
type Members interface {
	Accounts(ctx context.Context) ([]feed.Account, error)
	// Seal is made at first need.
	Seal(ctx context.Context, m feed.MemberID) (feed.Seal, error)
	HasAccount(ctx context.Context, issuer string, m feed.MemberID) (bool, error)
}

// Me is the member who is signed in, else the paired device that asks.
type Me struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Lang   string  `json:"lang" enum:"fr,en"`
	Grants []Grant `json:"grants" nullable:"false"`

	Device  *OwnDevice `json:"device,omitempty" doc:"The paired device that one stands before."`
	Station bool       `json:"station" doc:"Nobody is signed in: the device itself reads, and on a station takes posts."`
	Seal    *Seal      `json:"seal,omitempty" doc:"With what the browser closes unsent words, so that only their author reads them."`
}

// OwnDevice is the paired device that the request came from.
type OwnDevice struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Place     string `json:"place"`
	PlaceName string `json:"place_name"`
	PlaceKind string `json:"place_kind" doc:"What the place is: its screen is the same whoever stands before it."`
	Kind      string `json:"kind" enum:"station,wall"`
}

// Seal closes what a member wrote and has not sent yet.
type Seal struct {
	ID  string `json:"id"`
	Key string `json:"key" doc:"AES-256-GCM, base64."`
}

// Grant is a role at a place and everything below it.
type Grant struct {
	Territory string `json:"territory"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Role      string `json:"role" enum:"operator,staff,lead,manager,animator,admin,auditor,ambassador,member,keeper,station,wall"`
}

type oneMember struct {
	Cookies []http.Cookie `header:"Set-Cookie"`
	Body    Me
}

// whoami tells a browser who it is, and keeps a paired one paired.
func (s *server) whoami(ctx context.Context, _ *struct{}) (*oneMember, error) {
	v := visitorOf(ctx)
	me, err := s.me(ctx, v)
	if err != nil {
		return nil, err
	}
	out := &oneMember{Body: me}
	if v.device != nil {
		out.Cookies = append(out.Cookies, v.pairedCookie(v.paired))
	}
	return out, nil
}

// me is how a visitor sees itself.
func (s *server) me(ctx context.Context, v *visitor) (Me, error) {
	m := v.member
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return Me{}, fmt.Errorf("territory tree: %w", err)
	}
	seal, err := s.Members.Seal(ctx, m.ID)
	if err != nil {
		return Me{}, err
	}
	me := Me{
		ID: string(m.ID), Name: m.Name, Lang: string(m.Lang), Grants: make([]Grant, 0, len(m.Grants)), Station: !v.person,
		Seal: &Seal{ID: seal.ID, Key: base64.StdEncoding.EncodeToString(seal.Key)},
	}
	if d := v.device; d != nil {
		place, _ := tree.Get(d.Place)
		me.Device = &OwnDevice{
			ID: string(d.ID), Name: d.Name, Kind: string(d.Kind),
			Place: string(d.Place), PlaceName: tree.Name(d.Place), PlaceKind: string(place.Kind),
		}
	}
	for _, g := range m.Grants {
		me.Grants = append(me.Grants, grant(tree, g))
	}
	return me, nil
}

func grant(tree *feed.Tree, g feed.Grant) Grant {
	node, _ := tree.Get(g.Territory)
	return Grant{Territory: string(g.Territory), Name: tree.Name(g.Territory), Kind: string(node.Kind), Role: string(g.Role)}
}
