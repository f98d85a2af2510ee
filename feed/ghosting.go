package feed

import (
	"slices"
	"time"
)

// Ghosting is the time in which rules ran at a place and nobody was told: what
// its baseline is made in. The launch of a place and its reports go by the same.
type Ghosting struct {
	From, To time.Time
	Lasted   time.Duration // without what lay between
}

// GhostingOf goes by what was decided of the place or above it; where nobody
// decided that it be a ghost, as where the configuration says so, by the first
// and last post that was written and shown to nobody.
func GhostingOf(place Path, past []Decision, first, last, now time.Time) Ghosting {
	var g Ghosting
	for _, s := range stretches(place, past, now) {
		if s.rollout != RolloutGhost {
			continue
		}
		if g.From.IsZero() {
			g.From = s.from
		}
		g.To = s.to
		g.Lasted += s.to.Sub(s.from)
	}
	if !g.From.IsZero() || first.IsZero() {
		return g
	}
	to := last.Add(time.Hour)
	if to.After(now) {
		to = now
	}
	return Ghosting{From: first, To: to, Lasted: to.Sub(first)}
}

// stretch is a time in which a place was as far as one decision had it.
type stretch struct {
	rollout  Rollout
	from, to time.Time
}

// stretches are how far a place was, one after the other: at each time what the
// nearest place at or above it said, of those that had said anything by then.
func stretches(place Path, past []Decision, now time.Time) []stretch {
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b Decision) int { return a.At.Compare(b.At) })
	said := map[Path]Rollout{}
	var out []stretch
	for i, d := range past {
		said[d.Territory] = d.Rollout
		to := now
		if i+1 < len(past) {
			to = past[i+1].At
		}
		for _, p := range place.Lineage() {
			if r, decided := said[p]; decided {
				out = append(out, stretch{r, d.At, to})
				break
			}
		}
	}
	return out
}
