package feed

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// CardAge is for how long a good practice is believed before somebody is asked
// whether it still holds.
const CardAge = 183 * day

// Card is a good practice: what helped against a cause at a kind of machine. It
// shows itself on the next occurrence, ages, and is confirmed or retired.
type Card struct {
	Asset     Path      `json:"asset,omitempty"` // machine or place, with what lies below it; with SKU: its store
	SKU       string    `json:"sku,omitempty"`
	Rule      string    `json:"rule,omitempty"`
	Cause     string    `json:"cause"`
	Action    string    `json:"action"` // what helped
	Wrong     Text      `json:"wrong"`  // sentence of the post that it was made of
	Values    Values    `json:"values,omitempty"`
	Confirmed time.Time `json:"confirmed"` // last time that somebody said it holds
	By        Author    `json:"by"`        // who said so
	Uses      int       `json:"uses,omitempty"`
	Retired   bool      `json:"retired,omitempty"`
	Reason    string    `json:"reason,omitempty"` // why it is retired
	Before    *Stand    `json:"before,omitempty"` // until the next word: what the last one can be taken back to
}

// cardTx is what cards need of a transaction.
type cardTx interface {
	// SaveCard keeps where the card that a post holds is looked for, and when
	// somebody is asked whether it holds; a zero time: nobody is.
	SaveCard(ctx context.Context, p *Post, ask time.Time) error
	// CardOf is the card that was made of a post, empty when there is none.
	CardOf(ctx context.Context, source PostID) (PostID, error)
	// UseCard keeps that a card helped a member with a post, or takes it back,
	// and tells whether that changed anything.
	UseCard(ctx context.Context, u CardUse, on bool) (changed bool, err error)
	// CardsDue lists the cards about which it is time to ask, the oldest first.
	CardsDue(ctx context.Context, now time.Time, limit int) ([]PostID, error)
	// CopyPhoto gives a post a copy of another one's photo.
	CopyPhoto(ctx context.Context, from PhotoID, to StoredPhoto) error
	// Unlog takes the entry with that effect out of a timeline.
	Unlog(ctx context.Context, id PostID, effect string) error
}

// CardUse is one person's word that a card helped with a post.
type CardUse struct {
	Card   PostID
	Post   PostID
	Member MemberID
	At     time.Time
}

// Due tells whether it is time to say whether the card still holds.
func (c *Card) Due(now time.Time) bool {
	return !c.Retired && !now.Before(c.Confirmed.Add(CardAge))
}

// Closeness is why a card is offered with a post: the closer the higher.
type Closeness int

// Degrees of closeness.
const (
	NotClose  Closeness = iota
	SameTopic           // of the same machine, where a person and not a rule said what is wrong
	SameCause           // at a place that the card is for
	SameRule            // at a place above
	SameThing           // the same rule and machine, or the same article
)

// Recalls tells whether the same has been seen before, not only the same machine.
func (c Closeness) Recalls() bool { return c > SameTopic }

// Offered is a card that is shown with a post, and why.
type Offered struct {
	Post  *Post
	Close Closeness
}

// BestCards are the cards that fit a post, best first, at most n of them: the
// closest, of those the one confirmed last, of those the one that helped most.
func BestCards(p *Post, cards []*Post, n int) []Offered {
	var out []Offered
	for _, card := range cards {
		if c := card.closeTo(p); c != NotClose && !card.Talk.Card.Retired {
			out = append(out, Offered{card, c})
		}
	}
	slices.SortStableFunc(out, func(a, b Offered) int {
		x, y := a.Post.Talk.Card, b.Post.Talk.Card
		return cmp.Or(cmp.Compare(b.Close, a.Close), y.Confirmed.Compare(x.Confirmed), cmp.Compare(y.Uses, x.Uses), cmp.Compare(a.Post.ID, b.Post.ID))
	})
	return out[:min(n, len(out))]
}

// About is the machine, or else the place, that a post is about.
func (p *Post) About() Path {
	if p.Asset != "" {
		return p.Asset
	}
	return p.Territory
}

// closeTo is how close the card that a post holds is to another post.
func (p *Post) closeTo(other *Post) Closeness {
	c := p.card()
	switch {
	case c == nil, p.hidden() != nil, p.Talk.From == other.ID, !other.asks():
		return NotClose
	case c.SKU != "":
		if c.SKU == other.SKU && p.Topic == other.Topic && other.Territory.Within(c.Asset) {
			return SameThing
		}
		return NotClose
	case !other.About().Within(c.Asset):
		return NotClose
	case c.Rule != "" && c.Rule == other.Rule() && c.Asset == other.About():
		return SameThing
	case c.Rule != "" && c.Rule == other.Rule():
		return SameRule
	case slices.Contains(other.Causing(), FoldCause(c.Cause)):
		return SameCause
	case (c.Rule == "" || other.Rule() == "") && c.Asset == other.About() && p.Topic == other.Topic:
		return SameTopic
	}
	return NotClose
}

// Causing is what causes the post, as people said of it or of the one before it.
func (p *Post) Causing() []string {
	var out []string
	if p.Cause != "" {
		out = append(out, FoldCause(p.Cause))
	}
	if p.Past != nil && p.Past.Cause != "" {
		out = append(out, FoldCause(p.Past.Cause))
	}
	return out
}

// FoldCause makes causes the same that people write differently.
func FoldCause(cause string) string { return strings.Join(strings.Fields(Fold(cause)), " ") }

// card is the good practice that a post is, nil when it is none.
func (p *Post) card() *Card {
	if p.Kind != Practice || p.Talk == nil {
		return nil
	}
	return p.Talk.Card
}

// asks tells whether something is wrong that a good practice may help against.
func (p *Post) asks() bool {
	switch p.Kind {
	case Alert, StockOut, PhantomStock, QualityPoint, SpeedPoint, StopPoint, Shortage, SafetyPoint, PricePoint, OtherPoint:
		return true
	}
	return false
}

// Teaches tells whether a good practice may be made of the post: it was solved,
// before everybody, and somebody said why it happened.
func (p *Post) Teaches() bool {
	return p.asks() && !p.State.Open() && p.Cause != "" && p.Audience == Everybody && !p.Territory.IsGroup() && p.hidden() == nil
}
