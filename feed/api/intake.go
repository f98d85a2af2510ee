package api

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// PeopleFiles reads the files in which people bring their colleagues.
type PeopleFiles interface {
	// Read returns the rows of a file whose name tells its format, or
	// feed.RowFaults.
	Read(name string, data []byte) ([]feed.Row, error)
	// Template is a file as "csv" or "yaml" to fill in, with somebody at place
	// for an example.
	Template(format string, lang feed.Lang, place feed.Path) ([]byte, error)
}

type rosterFile struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"300" doc:"Of the file; it ends in .csv or .yaml."`
		Data  string `json:"data" doc:"The file as it is, in base64: UTF-8 or Windows-1252."`
		Apply bool   `json:"apply" doc:"Do it; else only tell what it would do."`
	}
}

// PeoplePlan is what a file makes of the people, or what is wrong with it.
type PeoplePlan struct {
	Applied bool            `json:"applied"`
	New     []PlannedPerson `json:"new" nullable:"false"`
	Changed []PlannedPerson `json:"changed" nullable:"false"`
	Same    int             `json:"same"`
	Faults  []TreeFault     `json:"faults" nullable:"false" doc:"With any of them nothing is done."`
}

// PlannedPerson is somebody whom a file adds or changes.
type PlannedPerson struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Given  []Grant  `json:"given" nullable:"false"`
	Taken  []Grant  `json:"taken" nullable:"false"`
	Fields []string `json:"fields" nullable:"false" doc:"What else changes; return: the person comes back who was revoked."`
	Badge  bool     `json:"badge" doc:"The file gives them a badge: they need no invitation."`
}

type peoplePlan struct{ Body PeoplePlan }

// intakeRoutes bring people in by a file, and those of them who have no badge
// by an invitation.
func (s *server) intakeRoutes() {
	route(s, feed.Appoint, huma.Operation{
		OperationID: "import-members", Method: http.MethodPost, Path: "/api/v1/members",
		Summary:      "Make members of the people of a file, all of them or none, or see what that would be",
		MaxBodyBytes: maxTreeBody, BodyReadTimeout: treeTime, Errors: []int{http.StatusUnprocessableEntity},
	}, s.importMembers)
	route(s, feed.Appoint, huma.Operation{
		OperationID: "member-template", Method: http.MethodGet, Path: "/api/v1/members/template",
		Summary: "A file of people to fill in", Errors: []int{http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: "The file.",
			Content:     map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}, "application/yaml": {Schema: &huma.Schema{Type: huma.TypeString}}},
		}},
	}, s.memberTemplate)
	route(s, feed.Appoint, huma.Operation{
		OperationID: "invite-member", Method: http.MethodPost, Path: "/api/v1/members/{id}/invitation", DefaultStatus: http.StatusCreated,
		Summary: "Invite a member who has no way to sign in yet, with a code to hand over on paper; one that they had before is void",
		Errors:  []int{http.StatusNotFound, http.StatusConflict},
	}, s.inviteMember)
}

func (s *server) importMembers(ctx context.Context, in *rosterFile) (*peoplePlan, error) {
	data, err := base64.StdEncoding.DecodeString(in.Body.Data)
	if err != nil {
		return nil, errFile
	}
	v := visitorOf(ctx)
	rows, err := s.PeopleFiles.Read(in.Body.Name, data)
	var intake feed.Intake
	if err == nil {
		intake, err = s.Welcome.Import(ctx, v.member, rows, !in.Body.Apply)
	}
	out := &peoplePlan{Body: PeoplePlan{New: []PlannedPerson{}, Changed: []PlannedPerson{}, Faults: []TreeFault{}}}
	if err != nil {
		out.Body.Faults, err = faultsOf(err, v.lang)
		if err != nil {
			return nil, fmt.Errorf("import people: %w", err)
		}
		return out, nil
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out.Body.Applied, out.Body.Same = in.Body.Apply, intake.Same
	for _, e := range intake.New {
		out.Body.New = append(out.Body.New, planned(tree, feed.Revision{To: e, Given: e.Grants}, []string{}))
	}
	for _, one := range intake.Changed {
		out.Body.Changed = append(out.Body.Changed, planned(tree, one, one.Fields()))
	}
	return out, nil
}

func planned(tree *feed.Tree, r feed.Revision, fields []string) PlannedPerson {
	p := PlannedPerson{ID: string(r.To.ID), Name: r.To.Name, Given: []Grant{}, Taken: []Grant{}, Fields: append([]string{}, fields...), Badge: r.To.Badge != ""}
	for _, g := range r.Given {
		p.Given = append(p.Given, grant(tree, g))
	}
	for _, g := range r.Taken {
		p.Taken = append(p.Taken, grant(tree, g))
	}
	return p
}

func (s *server) memberTemplate(ctx context.Context, in *treeFormat) (*treeBytes, error) {
	v := visitorOf(ctx)
	i := slices.IndexFunc(v.member.Grants, func(g feed.Grant) bool { return feed.Can(v.member, feed.Appoint, g.Territory) })
	if i < 0 {
		return nil, errRole
	}
	b, err := s.PeopleFiles.Template(in.Format, v.lang, v.member.Grants[i].Territory)
	if err != nil {
		return nil, fmt.Errorf("template of people: %w", err)
	}
	name := feed.Text{FR: "personnes", EN: "people"}.Render(v.lang, nil)
	return &treeBytes{Type: fileType(in.Format), Disposition: `attachment; filename="` + name + "." + in.Format + `"`, Body: b}, nil
}

func (s *server) inviteMember(ctx context.Context, in *memberID) (*oneInvitation, error) {
	i, code, err := s.Welcome.Invite(ctx, visitorOf(ctx).member, feed.Invitation{Member: feed.MemberID(in.ID)})
	if err != nil {
		return nil, err
	}
	return s.oneInvitation(ctx, i, code)
}
