package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

// addDemoPeople makes the people who can sign in known; a second start knows
// them already, and leaves them as whoever tried the demo made them.
func addDemoPeople(ctx context.Context, s *store.Store) error {
	hash, err := auth.HashPIN(demoPIN)
	if err != nil {
		return err
	}
	badges := auth.NewService(s, s, time.Now)
	for _, m := range demoColleagues {
		if _, err := s.Member(ctx, m.ID); err == nil {
			continue
		}
		if err := s.AddMember(ctx, m, hash); err != nil {
			return fmt.Errorf("demo member %s: %w", m.ID, err)
		}
	}
	for _, p := range demoPeople {
		if _, err := s.Member(ctx, p.ID); err == nil {
			continue // who is signed in stays so
		}
		if err := s.AddMember(ctx, p.Member, hash); err != nil {
			return fmt.Errorf("demo member %s: %w", p.ID, err)
		}
		if err := badges.SetBadge(ctx, "", p.ID, p.badge); err != nil {
			return fmt.Errorf("demo member %s: %w", p.ID, err)
		}
	}
	return nil
}

// demoPerson is somebody to sign in as.
type demoPerson struct {
	feed.Member
	place string // where, in words
	badge string
}

var demoPeople = []demoPerson{
	{feed.Member{ID: "operator", Name: "Karim Benali", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/bottling/line-3", Role: feed.Operator}}}, "Ligne 3", "KARIM-0001"},
	{feed.Member{ID: "staff", Name: "Léa Martin", Lang: feed.French, Grants: []feed.Grant{{Territory: "villeurbanne/epicerie-sucree", Role: feed.Staff}}}, "Épicerie sucrée", "LEA-0002"},
	{feed.Member{ID: "manager", Name: "Sofia Costa", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Manager}, {Territory: "villeurbanne", Role: feed.Manager}}}, "Lyon et Villeurbanne", "SOFIA-0003"},
	{feed.Member{ID: "animator", Name: "Camille Roux", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}, {Territory: "villeurbanne", Role: feed.Animator}}}, "Lyon et Villeurbanne", "CAMILLE-0004"},
	{feed.Member{ID: "admin", Name: "Alex Roy", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Admin}, {Territory: "villeurbanne", Role: feed.Admin}}}, "Lyon et Villeurbanne", "ALEX-0005"},
}

// demoColleagues work beside the people one signs in as, so that there is
// somebody to ask, to help and to decide.
var demoColleagues = []feed.Member{
	demoColleague("bruno", "Bruno Picard", "lyon/bottling", feed.Operator, "maintenance"),
	demoColleague("ines", "Inès Moreau", "lyon", feed.Operator, "quality"),
	demoColleague("paul", "Paul Girard", "lyon/bottling/line-3", feed.Operator),
	demoColleague("awa", "Awa Diallo", "lyon/bottling/line-3", feed.Operator),
	demoColleague("tomas", "Tomas Novak", "lyon/presses", feed.Operator),
	demoColleague("julie", "Julie Lambert", "lyon/presses", feed.Lead),
	demoColleague("marc", "Marc Dubois", "villeurbanne", feed.Lead),
	demoColleague("sarah", "Sarah Cohen", "villeurbanne/epicerie-sucree", feed.Staff),
	demoColleague("lucas", "Lucas Faure", "villeurbanne/epicerie-sucree", feed.Staff),
	demoColleague("fatou", "Fatou Ndiaye", "villeurbanne", feed.Staff, "replenishment"),
	demoColleague("auditor", "Dominique Leroy", "lyon", feed.Auditor),
}

func demoColleague(id feed.MemberID, name string, place feed.Path, role feed.Role, functions ...string) feed.Member {
	return feed.Member{ID: id, Name: name, Lang: feed.French, Grants: []feed.Grant{{Territory: place, Role: role}}, Functions: functions}
}
