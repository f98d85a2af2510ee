package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// maxHeld bounds the list of what is held back; it says when there is more.
const maxHeld = 200

// HeldBack lists what people are not told of, in scope and at or below a place.
type HeldBack interface {
	Held(ctx context.Context, scope feed.Scope, territory feed.Path, limit int) ([]feed.HeldCondition, error)
}

// Held is one condition that is held back, and why.
type Held struct {
	Key           string     `json:"key"`
	Reason        string     `json:"reason" enum:"grouped,suppressed,shelved,flood,budget"`
	By            string     `json:"by,omitempty" doc:"The post that stands for it, if one does."`
	Territory     string     `json:"territory"`
	TerritoryName string     `json:"territory_name"`
	Asset         string     `json:"asset,omitempty"`
	AssetName     string     `json:"asset_name,omitempty"`
	SKU           string     `json:"sku,omitempty"`
	Rule          string     `json:"rule"`
	Severity      string     `json:"severity" enum:"critical,major,minor,info"`
	Title         string     `json:"title"`
	Since         time.Time  `json:"since"`
	Until         *time.Time `json:"until,omitempty" doc:"When it is looked at again; absent: when the reason ends."`
}

type heldList struct {
	Body struct {
		Held []Held `json:"held" nullable:"false"`
		More bool   `json:"more" doc:"There are more than are listed."`
	}
}

// heldRoute lists what people are not told of, because silence is only fair
// when it can be looked at.
func (s *server) heldRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-held", Method: http.MethodGet, Path: "/api/v1/held",
		Summary: "Conditions that are held back, and why", Errors: []int{http.StatusNotFound},
	}, s.held)
}

func (s *server) held(ctx context.Context, in *territoryQuery) (*heldList, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Posts.Held(ctx, scope, feed.Path(in.Territory), maxHeld+1)
	if err != nil {
		return nil, fmt.Errorf("held in %q: %w", in.Territory, err)
	}
	out := &heldList{}
	out.Body.More = len(list) > maxHeld
	out.Body.Held = make([]Held, 0, len(list))
	for i := range min(len(list), maxHeld) {
		out.Body.Held = append(out.Body.Held, view.held(&list[i]))
	}
	return out, nil
}

func (v view) held(h *feed.HeldCondition) Held {
	out := Held{
		Key: h.Key, Reason: h.Reason, By: string(h.Post), Territory: string(h.Territory), TerritoryName: v.tree.Name(h.Territory),
		Asset: string(h.Asset), SKU: h.SKU, Rule: h.Rule, Severity: string(h.Severity), Title: h.Title.Render(v.lang, h.Values),
		Since: utc(h.Since), Until: instant(h.Until),
	}
	if h.Asset != "" {
		out.AssetName = v.tree.Name(h.Asset)
	}
	return out
}
