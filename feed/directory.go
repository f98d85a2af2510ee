package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Directory is what members say of themselves, and what leads confirm. Each
// method is one transaction.
type Directory struct {
	repo Repository
	now  func() time.Time
}

// NewDirectory returns a directory on repo whose clock is now.
func NewDirectory(repo Repository, now func() time.Time) *Directory {
	return &Directory{repo: repo, now: now}
}

// Choose keeps what m lets the directory tell. Without consent, all that was
// counted for suggestions is deleted.
func (d *Directory) Choose(ctx context.Context, m Member, change func(*Choices)) error {
	return d.repo.InTx(ctx, func(tx Tx) error {
		c, err := tx.Choices(ctx, m.ID)
		if err != nil {
			return err
		}
		change(&c)
		if !c.Consents {
			if err := tx.ForgetHints(ctx, m.ID); err != nil {
				return err
			}
		}
		return tx.SetChoices(ctx, m.ID, c)
	})
}

// SetSkill says that m has a skill. Another level, or another end, has to be
// confirmed anew.
func (d *Directory) SetSkill(ctx context.Context, m Member, s Skill) error {
	name, err := checkSkill(s.Name)
	if err != nil {
		return err
	}
	if s.Level < Learning || s.Level > Teaching {
		return Refuse(Invalid, "Le niveau va de 1 à 3.", "The level is 1 to 3.")
	}
	s = Skill{Name: name, Level: s.Level, Expires: s.Expires.UTC()}
	return d.repo.InTx(ctx, func(tx Tx) error {
		p, err := tx.Profile(ctx, m.ID, d.now())
		if err != nil {
			return err
		}
		switch had := p.skill(name); {
		case had == nil && len(p.Skills) >= MaxSkills:
			return Refuse(Conflict, "Vous avez déjà {limit} compétences : retirez-en une d’abord.", "You have {limit} skills already: remove one first.").
				With(Values{"limit": float64(MaxSkills)})
		case had != nil && had.Level == s.Level && had.Expires.Equal(s.Expires):
			return nil
		}
		return tx.SetSkill(ctx, m.ID, s)
	})
}

// skill is the skill of that name, nil when the member has none.
func (p *Profile) skill(name string) *Skill {
	key := SkillKey(name)
	i := slices.IndexFunc(p.Skills, func(s Skill) bool { return SkillKey(s.Name) == key })
	if i < 0 {
		return nil
	}
	return &p.Skills[i]
}

// DropSkill says that m no longer has a skill.
func (d *Directory) DropSkill(ctx context.Context, m Member, name string) error {
	return d.repo.InTx(ctx, func(tx Tx) error { return tx.DropSkill(ctx, m.ID, SkillKey(name)) })
}

// Wish says that m would like to do or learn something, or no longer.
func (d *Directory) Wish(ctx context.Context, m Member, name string, on bool) error {
	name, err := checkSkill(name)
	if err != nil {
		return err
	}
	return d.repo.InTx(ctx, func(tx Tx) error {
		p, err := tx.Profile(ctx, m.ID, d.now())
		if err != nil {
			return err
		}
		if on && len(p.Wishes) >= MaxSkills {
			return Refuse(Conflict, "Vous avez déjà {limit} appétences : retirez-en une d’abord.", "You have {limit} appetences already: remove one first.").
				With(Values{"limit": float64(MaxSkills)})
		}
		return tx.SetWish(ctx, m.ID, name, on)
	})
}

// Validate confirms a skill of a member whom lead answers for. With an end, it is
// an authorisation that has to be renewed. Whoever does not show their skills
// shows them to no lead either.
func (d *Directory) Validate(ctx context.Context, lead Member, who MemberID, name string, expires time.Time) error {
	return d.repo.InTx(ctx, func(tx Tx) error {
		now := d.now().UTC()
		p, err := tx.Profile(ctx, who, now)
		if err != nil {
			return err
		}
		switch {
		case lead.ID == who:
			return Refuse(Forbidden, "On ne valide pas ses propres compétences : demandez à votre chef d’équipe.",
				"Nobody validates their own skills: ask your lead.")
		case !lead.Scope().Reaches(p.Member) || !p.Listed:
			return ErrNotFound
		case !lead.Answers(p.Member):
			return Refuse(Forbidden, "Votre rôle ne permet pas de valider les compétences de cette personne.", "Your role does not allow validating this person's skills.")
		case !expires.IsZero() && !expires.After(now):
			return Refuse(Invalid, "La date de fin est déjà passée.", "The end date has passed already.")
		}
		s := p.skill(name)
		if s == nil || !p.Open {
			return ErrNotFound
		}
		s.Validator, s.Expires = lead.ID, expires.UTC()
		if err := tx.SetSkill(ctx, who, *s); err != nil {
			return err
		}
		detail, err := json.Marshal(map[string]any{"level": s.Level, "expires": s.Expires})
		if err != nil {
			return fmt.Errorf("detail of the validation of %s: %w", who, err)
		}
		return tx.Audit(ctx, AuditEntry{At: now, Actor: lead.ID, Action: "skill.validate", Subject: who, Object: s.Name, Detail: detail})
	})
}

// Reaches tells whether m works in a place that the reader of the scope reads:
// the directory shows those, and nobody else.
func (s Scope) Reaches(m Member) bool { return slices.ContainsFunc(s.Roots, m.Works) }

// Answer takes up a suggestion as a skill, or puts it away for good.
func (d *Directory) Answer(ctx context.Context, m Member, name string, add bool) error {
	return d.repo.InTx(ctx, func(tx Tx) error {
		p, err := tx.Profile(ctx, m.ID, d.now())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(p.Hints, func(h Hint) bool { return SkillKey(h.Name) == SkillKey(name) })
		if i < 0 {
			return ErrNotFound
		}
		if add {
			return tx.SetSkill(ctx, m.ID, Skill{Name: p.Hints[i].Name, Level: Able})
		}
		return tx.RefuseHint(ctx, m.ID, SkillKey(name))
	})
}
