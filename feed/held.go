package feed

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// HeldCondition is one condition that is held back: no post says that it holds,
// and this says why.
type HeldCondition struct {
	Key       string
	Reason    string // grouped, suppressed, shelved, flood or budget
	By        string // key of the post that stands for it, if one does
	Post      PostID // that post; empty when it is not there
	Audience  Audience
	Territory Path
	Asset     Path
	SKU       string
	Rule      string
	Topic     Topic
	Severity  Severity
	Title     Text
	Values    Values
	Since     time.Time
	Until     time.Time // when it is looked at again; zero: when the reason ends
}

// hold keeps that the condition is held back.
func (n *Notice) hold(ctx context.Context, tx Tx) error {
	if n.Held == nil {
		return fmt.Errorf("notice %s holds %s for no reason", n.Effect, n.Key)
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	values := n.Values.Clone()
	if values == nil {
		values = Values{}
	}
	values["asset"] = tree.Name(n.Asset)
	h := HeldCondition{
		Key: n.condition(), Reason: n.Held.Reason, By: n.Held.By, Audience: n.audience(tree),
		Territory: n.home(tree), Asset: n.Asset, SKU: n.SKU, Rule: n.Provenance.Rule,
		Topic: n.Topic, Severity: n.Severity, Title: n.Title, Values: values,
		Since: n.Held.Since, Until: n.Held.Until,
	}
	if h.Since.IsZero() {
		h.Since = n.At
	}
	return tx.Hold(ctx, h)
}

// condition is the key of the condition that is held back, or no longer is.
func (n *Notice) condition() string {
	if n.Held == nil {
		return n.Key
	}
	return cmp.Or(n.Held.Key, n.Key)
}
