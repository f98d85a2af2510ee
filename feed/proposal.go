package feed

import (
	"context"
	"slices"
	"strings"
	"time"
)

// ProposalState is what became of a proposal.
type ProposalState string

// States of a proposal.
const (
	ProposalAsked     ProposalState = "asked" // those concerned answer
	ProposalAccepted  ProposalState = "accepted"
	ProposalDeclined  ProposalState = "declined"
	ProposalWithdrawn ProposalState = "withdrawn" // by who proposed it
)

// Proposal is a place beside the tree that somebody wants, or that is suggested
// to those who keep answering each other. More than half of the people that it
// names make it.
type Proposal struct {
	ID      string
	Name    string
	About   string     // what is to be talked of there; may be empty
	People  []MemberID // whom it concerns, with those of its places
	Places  []Path     // whose people it concerns, where some were named
	Reason  Reason
	By      MemberID // empty: suggested
	State   ProposalState
	Place   Path // once it is made
	At      time.Time
	EndedAt time.Time // zero: those concerned answer
	Votes   map[MemberID]bool
}

// Reason is why a place is proposed: somebody's words, or what was counted.
type Reason struct {
	Words    string `json:"words,omitempty"`
	Threads  int    `json:"threads,omitempty"`
	Branches []Path `json:"branches,omitempty"`
}

// ProposalDraft is what somebody proposes: a place for these people and for
// those who work at these places.
type ProposalDraft struct {
	Name   string
	About  string
	Why    string
	People []MemberID
	Places []Path
}

// Bounds of a proposal: how many people it concerns, and how many places it may
// name.
const (
	maxConcerned = 50
	maxPlaces    = 12
)

// check refuses a draft that nobody could answer.
func (d *ProposalDraft) check() error {
	d.Name, d.About, d.Why = strings.TrimSpace(d.Name), strings.TrimSpace(d.About), strings.TrimSpace(d.Why)
	c := Circle{Name: d.Name, Purpose: d.About, Kind: PlaceCircle, Join: JoinAsked}
	if err := c.check(); err != nil {
		return err
	}
	if err := checkText(d.Why, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return err
	}
	if strings.ContainsFunc(d.Name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return Refuse(Invalid, "Le nom contient des caractères de contrôle : retapez-le.", "The name holds control characters: type it again.")
	}
	if len(d.Places) > maxPlaces {
		return Refuse(Invalid, "Nommez {n} lieux au plus, ou celui qui les réunit.", "Name {n} places at most, or the one that holds them.").With(Values{"n": float64(maxPlaces)})
	}
	return nil
}

// counted is how many agree, and how many do not.
func (p *Proposal) counted() (agree, refuse int) {
	for _, yes := range p.Votes {
		if yes {
			agree++
		} else {
			refuse++
		}
	}
	return agree, refuse
}

// proposalTx keeps proposals.
type proposalTx interface {
	// Propose keeps a proposal, once by its id.
	Propose(ctx context.Context, p Proposal) error
	// Proposal returns a proposal with its votes.
	Proposal(ctx context.Context, id string) (*Proposal, error)
	// VoteOn keeps a member's word on a proposal; the last one holds.
	VoteOn(ctx context.Context, id string, m MemberID, yes bool, at time.Time) error
	// Settle keeps what became of a proposal, and when.
	Settle(ctx context.Context, id string, s ProposalState, place Path, at time.Time) error
	// Exchanges are the conversations since an instant in which at least two
	// people spoke.
	Exchanges(ctx context.Context, since time.Time) ([]Exchange, error)
}

// SharesSite tells whether two people work somewhere in the same tree: they know
// each other's names.
func (m Member) SharesSite(other Member) bool {
	for _, g := range m.Grants {
		line := g.Territory.Lineage()
		if len(line) > 0 && !g.Territory.IsGroup() && other.Works(line[len(line)-1]) {
			return true
		}
	}
	return false
}

// belongs tells whether m works at or below a place: whoever looks after more
// than it does not.
func (m Member) belongs(place Path) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		return !g.Territory.IsGroup() && g.Territory.Within(place) && slices.Contains(allowed[Write], g.Role)
	})
}
