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
	for _, p := range demoPeople {
		if _, err := s.Member(ctx, p.ID); err == nil {
			continue // who is signed in stays so
		}
		if err := s.AddMember(ctx, p.Member, hash); err != nil {
			return fmt.Errorf("demo member %s: %w", p.ID, err)
		}
		if err := badges.SetBadge(ctx, p.ID, p.badge); err != nil {
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
