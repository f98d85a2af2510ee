package auth

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
)

// A badge says 4 to 128 printable characters.
const (
	minBadge = 4
	maxBadge = 128
	// MaxBadges unknown ones in a row keep a device from reading badges for
	// LockFor: more than a crowd of visitors shows, less than a search needs.
	// Its people still sign in by name and PIN.
	MaxBadges = 20
)

// Badges is whose badge is whose, by the hash of what it says.
type Badges interface {
	// SetBadge returns a Conflict when the badge is another member's; an empty
	// hash takes the badge away. It writes down by whom.
	SetBadge(ctx context.Context, by, id feed.MemberID, badgeHash string) error
	// BadgeOwner returns nobody for a badge that is nobody's.
	BadgeOwner(ctx context.Context, badgeHash string) (feed.MemberID, error)
}

// SetBadge makes what a badge says a way for the member to sign in on paired
// devices; an empty text takes it away. By is nobody on the command line.
func (s *Service) SetBadge(ctx context.Context, by, id feed.MemberID, badge string) error {
	var kept string
	if badge != "" {
		badge = strings.TrimSpace(badge)
		if !isBadge(badge) {
			return errNoBadge
		}
		if err := s.turns.take(ctx, func() { kept = digest("badge", badge) }); err != nil {
			return fmt.Errorf("badge of %s: %w", id, err)
		}
	}
	err := s.members.SetBadge(ctx, by, id, kept)
	if feed.ProblemOf(err) == feed.Conflict {
		taken := *errTaken
		taken.Err = err
		return &taken
	}
	return err
}

// SignInByBadge opens a session on a paired device for whoever's badge was read
// there. Any badge takes the same time.
func (s *Service) SignInByBadge(ctx context.Context, badge string, on feed.DeviceID) (token string, session feed.Session, err error) {
	now := s.now().UTC()
	tries := badgesOn(on)
	locked, err := s.members.BeginTry(ctx, tries, now, MaxBadges, LockFor)
	if err != nil {
		return "", feed.Session{}, fmt.Errorf("badge on %s: %w", on, err)
	}
	if locked.After(now) {
		return "", feed.Session{}, errBadges.With(feed.Values{"minutes": math.Ceil(locked.Sub(now).Minutes())})
	}
	owner, err := s.ownerOf(ctx, strings.TrimSpace(badge))
	if err != nil {
		return "", feed.Session{}, fmt.Errorf("badge on %s: %w", on, err)
	}
	if owner == "" {
		return "", feed.Session{}, errBadge
	}
	if err := s.members.ClearTries(ctx, tries); err != nil {
		return "", feed.Session{}, fmt.Errorf("badge on %s: %w", on, err)
	}
	return s.open(ctx, owner, on, now)
}

func (s *Service) ownerOf(ctx context.Context, badge string) (feed.MemberID, error) {
	var kept string
	if err := s.turns.take(ctx, func() { kept = digest("badge", badge[:min(len(badge), maxBadge*utf8.UTFMax)]) }); err != nil {
		return "", err
	}
	return s.members.BadgeOwner(ctx, kept)
}

// badgesOn is the name under which the badges read on a device are counted. No
// keyboard types it, so that nobody can lock it by name and PIN.
func badgesOn(d feed.DeviceID) feed.MemberID { return feed.MemberID("badge\x1f" + d) }

func isBadge(s string) bool {
	n := utf8.RuneCountInString(s)
	return utf8.ValidString(s) && n >= minBadge && n <= maxBadge && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

var (
	errNoBadge = feed.Refuse(feed.Invalid, "Un badge compte de {min} à {max} caractères imprimables.", "A badge has {min} to {max} printable characters.").
			With(feed.Values{"min": float64(minBadge), "max": float64(maxBadge)})
	errTaken  = feed.Refuse(feed.Conflict, "Ce badge est déjà celui d’un collègue.", "This badge is a colleague’s already.")
	errBadge  = feed.Refuse(feed.Unauthorized, "Badge inconnu : choisissez votre nom et tapez votre code PIN.", "Unknown badge: choose your name and type your PIN.")
	errBadges = feed.Refuse(feed.Locked,
		"Trop de badges inconnus sur ce poste : réessayez dans {minutes} min, ou tapez votre code PIN.",
		"Too many unknown badges here: try again in {minutes} min, or type your PIN.")
)
