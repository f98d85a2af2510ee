package feed

import (
	"context"
	"strconv"
	"time"
)

// Pinned says who had a post stand first where it is, and until when.
type Pinned struct {
	By    Author    `json:"by"`
	Until time.Time `json:"until"`
}

// PinnedFor is how long a post stands first.
const PinnedFor = 7 * 24 * time.Hour

// Pin has a post stand first for a week, or, with on false, no longer. Pinned
// again, its week begins anew.
func (s *Service) Pin(ctx context.Context, m Member, id PostID, on bool) (*Post, error) {
	return s.change(ctx, m, Pin.to("pin", strconv.FormatBool(on)), id, func(_ context.Context, _ Tx, p *Post, at time.Time) (*Entry, error) {
		switch {
		case !on && (p.Talk == nil || p.Talk.Pin == nil):
			return nil, nil
		case !on:
			p.Talk.Pin = nil
			return &Entry{}, nil
		case p.hidden() != nil:
			return nil, errRemoved
		}
		p.talk().Pin = &Pinned{By: person(m), Until: at.Add(PinnedFor)}
		p.BumpedAt = at
		return &Entry{}, nil
	})
}
