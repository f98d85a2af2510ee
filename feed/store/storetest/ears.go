package storetest

import (
	"context"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// ears are a repository that hears who is told what, while the store keeps it.
type ears struct {
	feed.Repository
	told map[feed.MemberID][]feed.Notification
}

func newEars(r feed.Repository) *ears {
	return &ears{Repository: r, told: map[feed.MemberID][]feed.Notification{}}
}

// InTx runs fn with a transaction that is listened to.
func (e *ears) InTx(ctx context.Context, fn func(feed.Tx) error) error {
	return e.Repository.InTx(ctx, func(tx feed.Tx) error { return fn(&heardTx{tx, e}) })
}

// keys are what somebody is told under, as far as it was not cleared.
func (e *ears) keys(m feed.MemberID) []string {
	var out []string
	for _, n := range e.told[m] {
		out = append(out, n.Key)
	}
	return out
}

type heardTx struct {
	feed.Tx
	ears *ears
}

func (h *heardTx) Tell(ctx context.Context, n feed.Notification) error {
	h.ears.told[n.Member] = append(slices.DeleteFunc(h.ears.told[n.Member], func(o feed.Notification) bool { return o.Key == n.Key }), n)
	return h.Tx.Tell(ctx, n)
}

func (h *heardTx) Clear(ctx context.Context, key string, why ...feed.Why) error {
	for m, all := range h.ears.told {
		h.ears.told[m] = slices.DeleteFunc(all, func(o feed.Notification) bool {
			return o.Key == key && (len(why) == 0 || slices.Contains(why, o.Why))
		})
	}
	return h.Tx.Clear(ctx, key, why...)
}
