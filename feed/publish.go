package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of what is put to people.
const (
	MaxPlaces  = 50
	MinChoices = 2
	MaxChoices = 5
	MaxChoice  = 80 // characters

	day = 24 * time.Hour
)

// publication is what the draft says besides its words, empty of most drafts.
func (d *Draft) publication() []string {
	if d.For == nil && d.Expires.IsZero() && d.Poll == nil && d.Deadline.IsZero() {
		return nil
	}
	said, _ := json.Marshal([]any{d.For, d.Expires, d.Poll, d.Deadline}) // of strings, numbers and times
	return []string{string(said)}
}

// checkPublication refuses what nobody could read or answer.
func (d *Draft) checkPublication(f form) error {
	switch {
	case d.Territory.IsGroup() && !f.group:
		return Refuse(Invalid, "Le type « {kind} » ne se publie pas dans un groupe.", "The kind “{kind}” is not posted in a group.").With(Values{"kind": string(d.Kind)})
	case d.Kind == Note && !d.Territory.IsGroup():
		return Refuse(Invalid, "Une note se publie dans un groupe.", "A note is posted in a group.")
	case !f.publish && d.Kind != Question && (d.For != nil || !d.Expires.IsZero()):
		return Refuse(Invalid, "Seules une annonce ou une consigne ont des destinataires et une fin.", "Only an announcement or a must-read notice has readers and an end.")
	case d.For != nil && len(d.For.Places) > MaxPlaces:
		return Refuse(Invalid, "Au plus {limit} lieux à la fois.", "At most {limit} places at once.").With(Values{"limit": float64(MaxPlaces)})
	case d.For != nil && d.Territory.IsGroup() && slices.ContainsFunc(d.For.Places, func(p Path) bool { return p != d.Territory }):
		return Refuse(Invalid, "Ce qui se dit dans un groupe y reste : ne choisissez pas d’autre lieu.", "What is said in a group stays there: choose no other place.")
	}
	return d.checkPoll()
}

func (d *Draft) checkPoll() error {
	p := d.Poll
	if p == nil {
		return nil
	}
	if d.Kind != Question && d.Kind != Announcement && d.Kind != Note {
		return Refuse(Invalid, "Un sondage accompagne une question, une annonce ou une note.", "A poll goes with a question, an announcement or a note.")
	}
	if n := len(p.Choices); n < MinChoices || n > MaxChoices {
		return Refuse(Invalid, "Un sondage propose de 2 à 5 réponses.", "A poll has 2 to 5 choices.")
	}
	seen := map[string]bool{}
	for i := range p.Choices {
		c := &p.Choices[i]
		c.Text, c.Votes = strings.TrimSpace(c.Text), 0
		if err := checkText(c.Text, MaxChoice, Text{FR: "Une réponse du sondage", EN: "A choice of the poll"}); err != nil {
			return err
		}
		folded := strings.ToLower(c.Text)
		if seen[folded] {
			return Refuse(Invalid, "La réponse « {choice} » est proposée deux fois.", "The choice “{choice}” is there twice.").With(Values{"choice": c.Text})
		}
		seen[folded] = true
	}
	return nil
}

// allow asks for what m needs to post the draft: to report where it stands, and
// to publish everywhere it is put.
func (d *Draft) allow(m Member, f form) error {
	if err := Require(m, Report, d.Territory); err != nil || !f.publish {
		return err
	}
	for _, place := range d.places() {
		if err := Require(m, Publish, place); err != nil {
			return err
		}
	}
	return nil
}

// places are those that the draft is put to.
func (d *Draft) places() []Path {
	if d.For == nil || len(d.For.Places) == 0 {
		return []Path{d.Territory}
	}
	return d.For.Places
}

// stands refuses a draft whose places nobody knows, or that take nothing more.
func (d *Draft) stands(tree *Tree) error {
	for _, place := range append([]Path{d.Territory}, d.places()...) {
		n, ok := tree.Get(place)
		switch {
		case !ok:
			return ErrNotFound
		case n.Kind == ArchivePlace:
			return errArchived
		}
	}
	return nil
}

// address completes to whom the draft is put, and until when.
func (d *Draft) address(f form, at time.Time) error {
	if d.Poll != nil && !d.Poll.Closes.IsZero() && !d.Poll.Closes.After(at) {
		return Refuse(Invalid, "La fin du sondage est déjà passée.", "The end of the poll has already passed.")
	}
	if !f.publish {
		return nil
	}
	to := Population{}
	if d.For != nil {
		to = *d.For
	}
	to.Places, to.People = d.places(), nil
	for _, list := range [][]string{to.Skills, to.Shifts} {
		if slices.ContainsFunc(list, func(s string) bool { return s == "" || utf8.RuneCountInString(s) > MaxReason }) {
			return Refuse(Invalid, "Une équipe ou une compétence choisie est illisible.", "A shift or skill that was chosen is unreadable.")
		}
	}
	d.For = &to
	if d.Expires.IsZero() {
		d.Expires = endOfWeek(at)
	}
	switch {
	case !d.Expires.After(at):
		return Refuse(Invalid, "La date de fin est déjà passée.", "The end date has already passed.")
	case d.Expires.Sub(at) > f.longest:
		return Refuse(Invalid, "La date de fin est trop lointaine : au plus {days} jours.", "The end date is too far away: at most {days} days.").
			With(Values{"days": f.longest.Hours() / 24})
	}
	d.Expires = d.Expires.UTC()
	return nil
}

// endOfWeek is the last minute of a coming Sunday, at least two days away, where
// the server stands.
func endOfWeek(at time.Time) time.Time {
	local := at.In(time.Local)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	end := midnight.AddDate(0, 0, (8-int(local.Weekday()))%7).Add(-time.Minute)
	if !end.After(local.Add(2 * day)) {
		end = end.AddDate(0, 0, 7)
	}
	return end
}

// talk is what the draft puts into its post, nil when nothing.
func (d *Draft) talk() *Talk {
	if d.For == nil && d.Expires.IsZero() && d.Poll == nil && d.From == "" && d.Kind != HelpWanted {
		return nil
	}
	t := &Talk{For: d.For, Expires: d.Expires, Poll: d.Poll, From: d.From}
	if d.Kind == HelpWanted {
		help := *d.Help
		help.Around, help.Asked = d.Territory, 0
		t.Help = &help
	}
	return t
}

// put keeps when a publication ends, and tells those who must read it.
func put(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if err := tx.SetExpiry(ctx, p.ID, p.Talk.Expires); err != nil {
		return fmt.Errorf("expiry of %s: %w", p.ID, err)
	}
	if p.Kind != MustRead {
		return nil
	}
	to, err := p.readership(ctx, tx)
	if err != nil {
		return err
	}
	for _, m := range to {
		if err := tx.Tell(ctx, p.toRead(m.ID, at, Text{FR: "À lire : « {title} »", EN: "To read: “{title}”"}, Values{})); err != nil {
			return err
		}
	}
	return nil
}

// Reach lists whom a publication would be put to, for whoever may publish there.
func (s *Service) Reach(ctx context.Context, m Member, to Population) ([]Member, error) {
	var out []Member
	err := s.repo.InTx(ctx, func(tx Tx) error {
		if len(to.Places) == 0 {
			return ErrNotFound
		}
		for _, place := range to.Places {
			if err := Require(m, Publish, place); err != nil {
				return err
			}
		}
		var err error
		out, err = (&Post{Author: person(m), Talk: &Talk{For: &to}}).readership(ctx, tx)
		return err
	})
	return out, err
}
