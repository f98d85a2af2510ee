package feed

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// overtaking tells whether e, which happened to p after m did something and
// before that arrived, would be undone by it. p is as it is now.
type overtaking func(m Member, p *Post, e Entry) bool

// takenSince: a colleague who took the post is not relieved by somebody who did
// not know, and what has ended is not taken.
func takenSince(m Member, p *Post, e Entry) bool {
	switch e.Kind {
	case WasTaken, CameOn:
		return p.State.Open() && e.Author.Member != m.ID && e.Author.Member == p.Taker.Member
	case Solved, Recovered, WasRetired:
		return !p.State.Open()
	}
	return false
}

// takenAgainSince: only what one had then is given back.
func takenAgainSince(m Member, p *Post, e Entry) bool {
	if e.Kind == WasTaken || e.Kind == CameOn {
		return e.Author.Member == p.Taker.Member
	}
	return takenSince(m, p, e)
}

// cameBackSince: a cause does not end what began, or grew worse, after it was
// given, nor does it replace a colleague's. What ended by itself takes it.
func cameBackSince(m Member, p *Post, e Entry) bool {
	switch e.Kind {
	case Reopened, Recurred, Worse:
		return p.State.Open()
	case Solved:
		return !p.State.Open() && p.Cause != "" && e.Author.Member != m.ID
	}
	return false
}

// endedSince: what was opened again then, and ended again, stays so.
func endedSince(_ Member, p *Post, e Entry) bool {
	return !p.State.Open() && (e.Kind == Solved || e.Kind == Recovered || e.Kind == WasRetired)
}

// endedAgainSince: an end that came later waits for somebody who saw it.
func endedAgainSince(_ Member, p *Post, e Entry) bool { return p.Latched && e.Kind == WasLatched }

// shelvedSince: the last word of a shelf is that of whoever said it last.
func shelvedSince(m Member, _ *Post, e Entry) bool {
	return (e.Kind == WasShelved || e.Kind == Unshelved) && e.Author.Member != m.ID
}

// yield refuses a deed that comes late, when something happened meanwhile that
// it would undo, and says what.
func (d deed) yield(ctx context.Context, tx Tx, m Member, t *turn) error {
	if t.typed.IsZero() || d.overtaken == nil {
		return nil
	}
	since, err := tx.Since(ctx, t.post.ID, t.typed)
	if err != nil {
		return fmt.Errorf("what happened to %s since: %w", t.post.ID, err)
	}
	for _, e := range since {
		own := e.Author.Member == m.ID && !e.TypedAt.IsZero() && !e.TypedAt.After(t.typed)
		if !own && d.overtaken(m, t.post, e) { // what one did before may have arrived since
			return tooLate(e, SentWith(ctx).TypedAt, t.at)
		}
	}
	return nil
}

// meanwhile says what happened, by kind of entry.
func meanwhile(kind EntryKind) Text {
	switch kind {
	case WasTaken:
		return Text{FR: "Pris par {who}", EN: "Taken by {who}"}
	case CameOn:
		return Text{FR: "{who} est sur place", EN: "{who} came on site"}
	case Solved:
		return Text{FR: "Résolu par {who}", EN: "Resolved by {who}"}
	case Reopened:
		return Text{FR: "Rouvert par {who}", EN: "Reopened by {who}"}
	case WasShelved:
		return Text{FR: "Mis en veille par {who}", EN: "Shelved by {who}"}
	case Unshelved:
		return Text{FR: "Sorti de veille par {who}", EN: "Unshelved by {who}"}
	case Recurred:
		return Text{FR: "Le problème est revenu", EN: "The problem came back"}
	case Worse:
		return Text{FR: "Le problème s’est aggravé", EN: "The problem grew worse"}
	case WasDecided:
		return Text{FR: "Décidé par {who}", EN: "Decided by {who}"}
	case Recovered:
		return Text{FR: "Revenu à la normale", EN: "Back to normal"}
	}
	return Text{FR: "Terminé", EN: "Ended"}
}

// tooLate says who did what after the person's own act, and when, in the time
// zone in which the person's clock wrote.
func tooLate(e Entry, typed, now time.Time) error {
	zone := typed.Location()
	if _, offset := typed.Zone(); offset == 0 { // as browsers write it, wherever they are
		zone = time.Local
	}
	said := meanwhile(e.Kind)
	return Refuse(Conflict, said.FR+" {at_fr}, après votre geste {typed_fr}.", said.EN+" {at_en}, after what you did {typed_en}.").
		With(Values{
			"who":   cmp.Or(e.Author.Name, string(e.Author.Member)),
			"at_fr": French.clock(e.At.In(zone), now, "à"), "typed_fr": French.clock(typed.In(zone), now, "de"),
			"at_en": English.clock(e.At.In(zone), now, "at"), "typed_en": English.clock(typed.In(zone), now, "at"),
		})
}

// clock is when t was, with its day unless that is today's.
func (l Lang) clock(t, now time.Time, before string) string {
	day := now.In(t.Location())
	switch {
	case t.YearDay() == day.YearDay() && t.Year() == day.Year():
		return before + " " + t.Format("15:04")
	case l == French:
		return map[string]string{"à": "le", "de": "du"}[before] + t.Format(" 02/01 à 15:04")
	}
	return "on" + t.Format(" 2 Jan at 15:04")
}
