package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// demoCard is what one of the demo's people says of themselves.
type demoCard struct {
	member feed.MemberID
	skills []feed.Skill
	wishes []string
}

var demoCards = []demoCard{
	{"operator", []feed.Skill{{Name: "Conduite ligne 3", Level: feed.Teaching}, {Name: "Changement de format", Level: feed.Able}}, []string{"Réglage étiqueteuse"}},
	{"bruno", []feed.Skill{{Name: "Réglage étiqueteuse", Level: feed.Teaching}, {Name: "Soudure", Level: feed.Able}}, []string{"Robotique"}},
	{"ines", []feed.Skill{{Name: "Contrôle qualité", Level: feed.Teaching}, {Name: "Métrologie", Level: feed.Able}}, nil},
	{"paul", []feed.Skill{{Name: "Conduite ligne 3", Level: feed.Able}, {Name: "Changement de format", Level: feed.Teaching}}, []string{"Contrôle qualité"}},
	{"awa", []feed.Skill{{Name: "CACES 3", Level: feed.Able}, {Name: "Réglage étiqueteuse", Level: feed.Learning}}, []string{"Changement de format"}},
	{"tomas", []feed.Skill{{Name: "Réglage presse", Level: feed.Able}}, []string{"Soudure"}},
	{"julie", []feed.Skill{{Name: "Secourisme", Level: feed.Able}, {Name: "Réglage presse", Level: feed.Teaching}}, nil},
	{"marc", []feed.Skill{{Name: "Secourisme", Level: feed.Able}}, nil},
	{"staff", []feed.Skill{{Name: "Implantation rayon", Level: feed.Able}}, []string{"Réassort automatique"}},
	{"sarah", []feed.Skill{{Name: "Implantation rayon", Level: feed.Teaching}, {Name: "Réassort automatique", Level: feed.Able}}, nil},
	{"fatou", []feed.Skill{{Name: "CACES 1", Level: feed.Able}}, []string{"Implantation rayon"}},
}

// demoValid is what the manager confirmed, and for how many days from now: one
// authorisation ends soon.
var demoValid = []struct {
	member feed.MemberID
	skill  string
	days   int
}{{"awa", "CACES 3", 20}, {"julie", "Secourisme", 400}, {"paul", "Changement de format", 0}, {"fatou", "CACES 1", 900}}

// demoPresent are those who are at work when the demo starts.
var demoPresent = []feed.MemberID{"bruno", "ines", "paul", "julie", "sarah", "fatou"}

// addDemoSkills gives the demo's people their cards, once, and makes several of
// them present at each start.
func addDemoSkills(ctx context.Context, s *store.Store) error {
	now := time.Now()
	d := feed.NewDirectory(s, time.Now)
	for _, m := range demoPresent {
		if err := s.MarkPresent(ctx, feed.Presence{Member: m, Until: now.Add(8 * time.Hour)}); err != nil {
			return err
		}
	}
	if p, err := s.Profile(ctx, "bruno", now); err != nil || len(p.Skills) > 0 {
		return err // a second start leaves the cards as they were made
	}
	for _, c := range demoCards {
		if err := c.fill(ctx, d); err != nil {
			return fmt.Errorf("card of %s: %w", c.member, err)
		}
	}
	manager, err := s.Member(ctx, "manager")
	if err != nil {
		return err
	}
	for _, v := range demoValid {
		var end time.Time
		if v.days > 0 {
			end = now.AddDate(0, 0, v.days)
		}
		if err := d.Validate(ctx, manager, v.member, v.skill, end); err != nil {
			return fmt.Errorf("validate %s of %s: %w", v.skill, v.member, err)
		}
	}
	return nil
}

func (c demoCard) fill(ctx context.Context, d *feed.Directory) error {
	m := feed.Member{ID: c.member}
	if err := d.Choose(ctx, m, func(choices *feed.Choices) { choices.Open = true }); err != nil {
		return err
	}
	for _, s := range c.skills {
		if err := d.SetSkill(ctx, m, s); err != nil {
			return err
		}
	}
	for _, w := range c.wishes {
		if err := d.Wish(ctx, m, w, true); err != nil {
			return err
		}
	}
	return nil
}
