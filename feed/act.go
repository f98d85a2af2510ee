package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// ActKind is what somebody did that rules have to know.
type ActKind string

// Kinds of acts, named as the event pipeline names them. The first three are on
// a post, the others on a condition under it.
const (
	ActTake     ActKind = "take"
	ActResolve  ActKind = "resolve"
	ActReopen   ActKind = "reopen"
	ActShelve   ActKind = "shelve"
	ActUnshelve ActKind = "unshelve"
	ActDisable  ActKind = "out-of-service"
	ActEnable   ActKind = "in-service"
	ActReset    ActKind = "reset"
)

// Act is the payload of kind "act": what a person did to a post or to a
// condition under it. It goes into the event stream, so that rules that are run
// again on the past meet it again.
type Act struct {
	Kind    ActKind   `json:"kind"`
	Asset   Path      `json:"asset"`            // that it is about, or its place
	Thread  string    `json:"thread,omitempty"` // key of the post
	Key     string    `json:"key,omitempty"`    // key of the condition
	Until   time.Time `json:"until,omitzero"`   // of a shelf
	OneShot bool      `json:"once,omitempty"`   // of a shelf: ends when the condition does
	Reason  string    `json:"reason,omitempty"`
	Member  MemberID  `json:"member"`
}

// tell queues an act on the post. Posts that no rule holds have none to tell.
func tell(ctx context.Context, tx Tx, p *Post, kind ActKind, m Member, at time.Time) error {
	if p.Key == "" {
		return nil
	}
	asset := p.Asset
	if asset == "" {
		asset = p.Territory
	}
	return queue(ctx, tx, Act{Kind: kind, Asset: asset, Thread: p.Key, Member: m.ID}, at)
}

// tellEach queues the act once for each condition that it is about.
func tellEach(ctx context.Context, tx Tx, p *Post, act Act, at time.Time) error {
	for _, c := range p.subjects(act.Kind == ActShelve || act.Kind == ActDisable) {
		one := act
		one.Asset, one.Thread, one.Key = c.Asset, p.Key, c.Key
		if err := queue(ctx, tx, one, at); err != nil {
			return err
		}
	}
	return nil
}

// subjects are the conditions under the post, without those of several that do
// not hold when only active ones are meant; all of them when none holds.
func (p *Post) subjects(active bool) []Condition {
	if len(p.Members) == 0 {
		return []Condition{{Key: p.Key, Asset: p.Asset}}
	}
	var holding []Condition
	for _, c := range p.Members {
		if c.Active {
			holding = append(holding, c)
		}
	}
	if active && len(holding) > 0 {
		return holding
	}
	return p.Members
}

func queue(ctx context.Context, tx Tx, act Act, at time.Time) error {
	body, err := json.Marshal(act)
	if err != nil {
		return fmt.Errorf("act %s on %s: %w", act.Kind, act.Thread, err)
	}
	return tx.Emit(ctx, Outgoing{ID: newID(at), Kind: "act", Payload: body, At: at})
}
