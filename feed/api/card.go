package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

type cardChoices struct {
	ID   string `path:"id"`
	Body struct {
		Listed   *bool `json:"listed,omitempty" doc:"Name and function are in the directory."`
		Open     *bool `json:"open,omitempty" doc:"Skills and appetences are too."`
		Consents *bool `json:"consents,omitempty" doc:"Expertise may be suggested from solved posts. Withdrawn, all that was counted is deleted."`
	}
}

type ownSkill struct {
	ID    string `path:"id"`
	Skill string `path:"skill" maxLength:"400" doc:"Its name."`
	Body  struct {
		Level   int        `json:"level" minimum:"1" maximum:"3"`
		Expires *time.Time `json:"expires,omitempty" doc:"Of an authorisation."`
	}
}

type namedSkill struct {
	ID    string `path:"id"`
	Skill string `path:"skill" maxLength:"400"`
}

type skillValidation struct {
	ID    string `path:"id"`
	Skill string `path:"skill" maxLength:"400"`
	Body  struct {
		Expires *time.Time `json:"expires,omitempty" doc:"Until when it is valid; absent: without an end."`
	}
}

type hintAnswer struct {
	ID    string `path:"id"`
	Skill string `path:"skill" maxLength:"400"`
	Body  struct {
		Add bool `json:"add" doc:"Whether it becomes a skill; else it is never suggested again."`
	}
}

type skillSearch struct {
	Query string `query:"q" maxLength:"60" doc:"The beginning of a word of its name."`
}

type skillList struct {
	Body struct {
		Skills []string `json:"skills" nullable:"false" doc:"The most common first."`
	}
}

// maxSkillNames bounds what is offered to choose from: chips that fit a screen.
const maxSkillNames = 12

// cardRoutes are what people say of themselves, and what leads confirm.
func (s *server) cardRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-skills", Method: http.MethodGet, Path: "/api/v1/skills", Summary: "The catalogue of skills",
	}, s.skillNames)
	own := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{
			OperationID: id, Method: method, Path: "/api/v1/people/{id}" + path, Summary: summary,
			DefaultStatus: http.StatusOK, Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
		}
	}
	route(s, signedIn, own("choose-card", http.MethodPatch, "", "Choose what the directory tells of oneself"), s.choose)
	route(s, signedIn, own("set-skill", http.MethodPut, "/skills/{skill}", "Say that one has a skill"), func(ctx context.Context, in *ownSkill) (*oneColleague, error) {
		k := feed.Skill{Name: in.Skill, Level: feed.SkillLevel(in.Body.Level), Expires: moment(in.Body.Expires)}
		return s.oneself(ctx, in.ID, func(m feed.Member) error { return s.Cards.SetSkill(ctx, m, k) })
	})
	route(s, signedIn, own("drop-skill", http.MethodDelete, "/skills/{skill}", "Take a skill off one's card"), func(ctx context.Context, in *namedSkill) (*oneColleague, error) {
		return s.oneself(ctx, in.ID, func(m feed.Member) error { return s.Cards.DropSkill(ctx, m, in.Skill) })
	})
	for method, on := range map[string]bool{http.MethodPut: true, http.MethodDelete: false} {
		name := map[bool]string{true: "set-appetence", false: "drop-appetence"}[on]
		route(s, signedIn, own(name, method, "/appetences/{skill}", "Say that one would like to do or learn something, or no longer"), func(ctx context.Context, in *namedSkill) (*oneColleague, error) {
			return s.oneself(ctx, in.ID, func(m feed.Member) error { return s.Cards.Wish(ctx, m, in.Skill, on) })
		})
	}
	route(s, signedIn, own("answer-hint", http.MethodPost, "/suggestions/{skill}", "Take up what is suggested, or put it away for good"), func(ctx context.Context, in *hintAnswer) (*oneColleague, error) {
		return s.oneself(ctx, in.ID, func(m feed.Member) error { return s.Cards.Answer(ctx, m, in.Skill, in.Body.Add) })
	})
	route(s, signedIn, own("validate-skill", http.MethodPost, "/skills/{skill}/validate", "Confirm a skill of somebody whom one answers for"), s.validate)
}

// oneself lets somebody change their own card, and answers with it as it is
// then.
func (s *server) oneself(ctx context.Context, id string, change func(feed.Member) error) (*oneColleague, error) {
	v := visitorOf(ctx)
	switch {
	case !v.person:
		return nil, feed.ErrSignedOut
	case string(v.member.ID) != id:
		return nil, errNotOwn
	}
	if err := change(v.member); err != nil {
		return nil, fmt.Errorf("card of %s: %w", id, err)
	}
	return s.colleague(ctx, v.member.ID)
}

func (s *server) choose(ctx context.Context, in *cardChoices) (*oneColleague, error) {
	return s.oneself(ctx, in.ID, func(m feed.Member) error {
		return s.Cards.Choose(ctx, m, func(c *feed.Choices) {
			for _, one := range []struct {
				chosen *bool
				into   *bool
			}{{in.Body.Listed, &c.Listed}, {in.Body.Open, &c.Open}, {in.Body.Consents, &c.Consents}} {
				if one.chosen != nil {
					*one.into = *one.chosen
				}
			}
		})
	})
}

func (s *server) validate(ctx context.Context, in *skillValidation) (*oneColleague, error) {
	v := visitorOf(ctx)
	if !v.person {
		return nil, feed.ErrSignedOut
	}
	if err := s.Cards.Validate(ctx, v.member, feed.MemberID(in.ID), in.Skill, moment(in.Body.Expires)); err != nil {
		return nil, fmt.Errorf("validate %s of %s: %w", in.Skill, in.ID, err)
	}
	return s.colleague(ctx, feed.MemberID(in.ID))
}

func (s *server) skillNames(ctx context.Context, in *skillSearch) (*skillList, error) {
	names, err := s.Directory.SkillNames(ctx, in.Query, maxSkillNames)
	if err != nil {
		return nil, err
	}
	out := &skillList{}
	out.Body.Skills = list(names)
	return out, nil
}

// moment is t, zero where there is none.
func moment(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

var errNotOwn = feed.Refuse(feed.Forbidden, "Chacun tient sa propre fiche.", "Everybody keeps their own card.")
