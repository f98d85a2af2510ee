package feed

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Profile is what colleagues read of a member: what they may ask them, and
// whether they are here. Nothing in it says when somebody did anything.
type Profile struct {
	Member
	Choices
	Skills  []Skill
	Wishes  []string // appetences: what they would like to do or learn
	Hints   []Hint   // for their own eyes
	Present bool
	Absence *Absence // that they are in, or announced
}

// Choices are what somebody lets the directory tell. A member who chose nothing
// is listed by name and function, and no more.
type Choices struct {
	Listed   bool // name and function are shown to colleagues
	Open     bool // skills and appetences too
	Consents bool // expertise may be suggested from solved posts, to them alone
}

// DefaultChoices are those of a member who chose nothing.
var DefaultChoices = Choices{Listed: true}

// Hint is what somebody seems to know: they solved posts about it. Only they
// see it, until they add it to their skills.
type Hint struct {
	Name   string
	Solved int
}

// HintsFrom is how many posts somebody solved before it is suggested that they
// know what these are about.
const HintsFrom = 2

// DirectoryQuery asks the directory for people.
type DirectoryQuery struct {
	Words   string // of a name, a function, a skill
	Skill   string
	Wish    string
	Place   Path // who works at or around it
	Present bool
	Limit   int
}

// profileTx is what a transaction does with what members say of themselves.
type profileTx interface {
	// Choices are what a member lets the directory tell.
	Choices(ctx context.Context, m MemberID) (Choices, error)
	SetChoices(ctx context.Context, m MemberID, c Choices) error
	// Profile is all that is known of a member, ErrNotFound when there is none.
	Profile(ctx context.Context, m MemberID, now time.Time) (*Profile, error)
}

// skillTx is what a transaction does with skills. The catalogue grows with the
// first to name one.
type skillTx interface {
	SetSkill(ctx context.Context, m MemberID, s Skill) error
	DropSkill(ctx context.Context, m MemberID, key string) error
	// SetWish adds or drops an appetence.
	SetWish(ctx context.Context, m MemberID, name string, on bool) error
	// Learn counts a post that m solved towards a hint.
	Learn(ctx context.Context, m MemberID, name string, post PostID) error
	// RefuseHint keeps that m does not want to hear of it again; ForgetHints
	// deletes all that hints were made of.
	RefuseHint(ctx context.Context, m MemberID, key string) error
	ForgetHints(ctx context.Context, m MemberID) error
}

// absenceTx is what a transaction does with who is away.
type absenceTx interface {
	// SetAbsence replaces the member's absence.
	SetAbsence(ctx context.Context, a Absence) error
	EndAbsence(ctx context.Context, m MemberID) error
	EndPresence(ctx context.Context, m MemberID) error
}

// Answers tells whether m answers for who: invites or oversees where who works,
// and is somebody else.
func (m Member) Answers(who Member) bool {
	return m.ID != who.ID && slices.ContainsFunc(who.Grants, func(g Grant) bool {
		return Can(m, Invite, g.Territory) || Can(m, Oversee, g.Territory)
	})
}

// Replaces tells whether m has one of the roles that who has, there or around.
func (m Member) Replaces(who Member) bool {
	return m.ID != who.ID && slices.ContainsFunc(who.Grants, func(g Grant) bool {
		return slices.ContainsFunc(m.Grants, func(own Grant) bool {
			return own.Role == g.Role && (own.Territory.Within(g.Territory) || g.Territory.Within(own.Territory))
		})
	})
}

// Says tells whether each of the words, folded, begins one of the person's name,
// their functions, or of a skill or appetence that they show.
func (p Profile) Says(words []string) bool {
	about := append([]string{p.Name}, p.Functions...)
	if p.Open {
		for _, s := range p.Skills {
			about = append(about, s.Name)
		}
		about = append(about, p.Wishes...)
	}
	said := strings.Fields(SkillKey(strings.Join(about, " ")))
	for _, w := range words {
		if !slices.ContainsFunc(said, func(one string) bool { return strings.HasPrefix(one, w) }) {
			return false
		}
	}
	return true
}

// Before is the order of the directory: who is here, then by name.
func (p Profile) Before(q Profile) int {
	if p.Present != q.Present {
		if p.Present {
			return -1
		}
		return 1
	}
	return strings.Compare(SkillKey(p.Name), SkillKey(q.Name))
}
