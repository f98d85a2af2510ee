package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// demoGroup is a group of the demo's people, and what was said in it.
type demoGroup struct {
	feed.Circle
	keeper  feed.MemberID
	members []feed.MemberID
	asks    feed.MemberID // who waits to be let in
	said    []demoWord
}

type demoWord struct {
	by      feed.MemberID
	draft   feed.Draft
	answers []demoAnswer
}

type demoAnswer struct {
	by   feed.MemberID
	text string
}

var demoGroups = []demoGroup{
	{
		Circle: feed.Circle{Name: "Projet froid", Purpose: "Passer la ligne 3 au remplissage à froid avant l’été.", Kind: feed.ProjectCircle, Join: feed.JoinAsked, Home: "lyon"},
		keeper: "manager", members: []feed.MemberID{"operator", "ines"}, asks: "julie",
		said: []demoWord{
			{
				by:      "operator",
				draft:   feed.Draft{Kind: feed.Question, Text: "Quel créneau pour le prochain essai ?", Poll: &feed.Poll{Choices: []feed.Choice{{Text: "Mardi matin"}, {Text: "Jeudi après-midi"}, {Text: "Samedi"}}}},
				answers: []demoAnswer{{"ines", "Celui de mardi : trois réglages à garder, la mousse a baissé de moitié."}},
			},
		},
	},
	{
		Circle: feed.Circle{Name: "Qualité embouteillage", Purpose: "Ce que l’on apprend des rebuts, d’une ligne à l’autre.", Kind: feed.SubjectCircle, Join: feed.JoinOpen, Home: "lyon/bottling"},
		keeper: "ines", members: []feed.MemberID{"bruno", "paul"},
		said: []demoWord{{by: "bruno", draft: feed.Draft{Kind: feed.Note, Text: "Les bouchons de travers reviennent après chaque changement de format."}}},
	},
	{ // three of two workshops who keep answering each other: a place is suggested to them
		Circle: feed.Circle{Name: "Changements rapides", Purpose: "Changer d’outil ou de format sans perdre une heure.", Kind: feed.SubjectCircle, Join: feed.JoinOpen, Home: "lyon"},
		keeper: "ines", members: []feed.MemberID{"bruno", "tomas", "julie"},
		said: []demoWord{
			{by: "tomas", draft: feed.Draft{Kind: feed.Note, Text: "Outil suivant posé la veille : 12 minutes de moins."}, answers: []demoAnswer{
				{"bruno", "Même chose à l’embouteillage avec les étoiles de guidage."}, {"julie", "Il faut une place marquée au sol."},
			}},
			{by: "bruno", draft: feed.Draft{Kind: feed.Note, Text: "Nos vis de réglage ont trois têtes différentes."}, answers: []demoAnswer{{"tomas", "Nous avons tout passé en manettes."}}},
			{by: "julie", draft: feed.Draft{Kind: feed.Note, Text: "Qui a une fiche de changement à nous montrer ?"}, answers: []demoAnswer{{"bruno", "La nôtre tient sur une page, je l’apporte."}}},
			{by: "bruno", draft: feed.Draft{Kind: feed.Note, Text: "Le chariot d’outils est toujours à l’autre bout."}, answers: []demoAnswer{{"julie", "Le nôtre est libre le mardi."}}},
			{by: "tomas", draft: feed.Draft{Kind: feed.Note, Text: "Premier essai chronométré vendredi."}, answers: []demoAnswer{{"bruno", "J’y serai."}}},
		},
	},
	{
		Circle: feed.Circle{Name: "Veille nouveautés", Purpose: "Ce que les clients demandent et que nous n’avons pas encore.", Kind: feed.WatchCircle, Join: feed.JoinOpen, Home: "villeurbanne"},
		keeper: "marc", members: []feed.MemberID{"staff", "sarah"},
		said: []demoWord{{by: "sarah", draft: feed.Draft{Kind: feed.Note, Text: "Trois clients ont demandé la confiture sans sucre cette semaine."}}},
	},
}

// demoNotices are put by the manager. None is for a screen of the first steps:
// a notice stands on top of it until it is read.
var demoNotices = []feed.Draft{
	{Kind: feed.MustRead, Territory: "lyon/presses", Text: "Presses : casque antibruit obligatoire dès le passage jaune, aussi pour une minute."},
	{Kind: feed.Announcement, Territory: "lyon", Text: "Visite de sécurité jeudi à 10 h : elle commence à l’embouteillage."},
}

// addDemoGroups makes the groups known once, with what was said in them.
func addDemoGroups(ctx context.Context, a *app) error {
	manager, err := a.store.Member(ctx, "manager")
	if err != nil {
		return err
	}
	known, err := a.store.Circles(ctx, manager)
	if err != nil || len(known) > 0 {
		return err
	}
	circles := feed.NewCircles(a.store, time.Now)
	for _, g := range demoGroups {
		if err := g.found(ctx, a, circles); err != nil {
			return fmt.Errorf("demo group %s: %w", g.Name, err)
		}
	}
	for _, d := range demoNotices {
		if _, _, err := a.service.Report(ctx, manager, d); err != nil {
			return fmt.Errorf("demo notice: %w", err)
		}
	}
	return nil
}

// found makes one group, brings its people in and lets them speak.
func (g *demoGroup) found(ctx context.Context, a *app, circles *feed.Circles) error {
	keeper, err := a.store.Member(ctx, g.keeper)
	if err != nil {
		return err
	}
	c, err := circles.Create(ctx, keeper, g.Circle)
	if err != nil {
		return err
	}
	for _, id := range append(g.members, g.asks) {
		if id == "" {
			continue
		}
		m, err := a.store.Member(ctx, id)
		if err != nil {
			return err
		}
		if _, err := circles.Join(ctx, m, c.ID); err != nil {
			return err
		}
		if id == g.asks {
			continue
		}
		if _, err := circles.Admit(ctx, keeper, c.ID, id, feed.Insider); err != nil {
			return err
		}
	}
	for _, w := range g.said {
		by, err := a.store.Member(ctx, w.by) // who is in it by now
		if err != nil {
			return err
		}
		w.draft.Territory = feed.Group(c.ID)
		p, _, err := a.service.Report(ctx, by, w.draft)
		if err != nil {
			return err
		}
		for _, answer := range w.answers {
			by, err := a.store.Member(ctx, answer.by)
			if err != nil {
				return err
			}
			if _, err := a.service.Comment(ctx, by, p.ID, "", answer.text); err != nil {
				return err
			}
		}
	}
	return nil
}
