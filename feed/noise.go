package feed

import (
	"context"
	"strconv"
	"time"
)

// Noise is one person's word that a post is noise. It counts for its rule.
type Noise struct {
	Post   PostID
	Member MemberID
	Rule   string
	At     time.Time
}

// Noise says that a post is noise ("C'est du bruit"), or takes that back. It
// counts once per person and post.
func (s *Service) Noise(ctx context.Context, m Member, id PostID, on bool) (*Post, error) {
	return s.change(ctx, m, Write.to("noise", strconv.FormatBool(on)), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.byRule() {
			return nil, errNoRule
		}
		changed, err := tx.CallNoise(ctx, Noise{Post: id, Member: m.ID, Rule: p.Rule(), At: at}, on)
		switch {
		case err != nil || !changed:
			return nil, err
		case !on:
			p.Noise--
			return &Entry{}, nil
		}
		p.Noise++
		return &Entry{Kind: CalledNoise}, nil
	})
}
