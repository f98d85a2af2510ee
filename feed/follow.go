package feed

import (
	"context"
	"slices"
	"time"
)

// FollowKind is what one may follow.
type FollowKind string

// What one may follow: a place with all below it, a machine, an article, an
// order.
const (
	FollowPlace   FollowKind = "place"
	FollowMachine FollowKind = "machine"
	FollowArticle FollowKind = "sku"
	FollowOrder   FollowKind = "order"
)

// FollowKinds lists every kind, for checks.
var FollowKinds = []FollowKind{FollowPlace, FollowMachine, FollowArticle, FollowOrder}

// Follow is that a member wants to hear of something.
type Follow struct {
	Member MemberID
	Kind   FollowKind
	Target string // path, code or number
	At     time.Time
}

// Subjects are what one may follow to hear of p.
func (p *Post) Subjects() []Follow {
	var out []Follow
	add := func(k FollowKind, target string) {
		if target != "" {
			out = append(out, Follow{Kind: k, Target: target})
		}
	}
	for _, a := range p.Territory.Lineage() {
		add(FollowPlace, string(a))
	}
	add(FollowMachine, string(p.Asset))
	add(FollowArticle, p.SKU)
	if p.Run != nil {
		add(FollowOrder, p.Run.Order)
	}
	return out
}

// Follow lets m hear of something from now on, or no longer, and tells whether
// that changed anything.
func (s *Places) Follow(ctx context.Context, m Member, kind FollowKind, target string, on bool) (changed bool, err error) {
	if !slices.Contains(FollowKinds, kind) {
		return false, Refuse(Invalid, "On ne suit pas « {kind} ».", "“{kind}” is nothing to follow.").With(Values{"kind": string(kind)})
	}
	if err := checkText(target, MaxName, Text{FR: "Ce que vous suivez", EN: "What you follow"}); err != nil {
		return false, err
	}
	err = s.repo.InTx(ctx, func(tx Tx) error {
		if on && (kind == FollowPlace || kind == FollowMachine) {
			tree, err := tx.Tree(ctx)
			if err != nil {
				return err
			}
			if _, stands := tree.Get(Path(target)); !stands || !Can(m, Read, Path(target)) {
				return ErrNotFound
			}
		}
		changed, err = tx.Follow(ctx, Follow{Member: m.ID, Kind: kind, Target: target, At: s.now().UTC()}, on)
		return err
	})
	return changed, err
}
