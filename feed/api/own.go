package api

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// OwnSession is one place where the person is signed in.
type OwnSession struct {
	Device  string     `json:"device,omitempty" doc:"Name of the shared device; absent on a person's own."`
	SeenAt  *time.Time `json:"seen_at,omitempty"`
	Expires time.Time  `json:"expires"`
}

type ownSessions struct {
	Body struct {
		Sessions []OwnSession `json:"sessions" nullable:"false"`
		Leaving  bool         `json:"leaving" doc:"The person asked to be forgotten, and nobody approved it yet."`
	}
}

// ownRoutes show a person what is kept of them, and let them take it along.
func (s *server) ownRoutes() {
	route(s, signedIn, huma.Operation{
		OperationID: "list-own-sessions", Method: http.MethodGet, Path: "/api/v1/me/sessions",
		Summary: "Where who asks is signed in",
	}, s.ownSessions)
	route(s, signedIn, huma.Operation{
		OperationID: "end-other-sessions", Method: http.MethodDelete, Path: "/api/v1/me/sessions",
		Summary: "Sign out everywhere else",
	}, func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		v := visitorOf(ctx)
		if !v.person {
			return nil, errNobodyHere
		}
		return nil, s.Sessions.SignOutElsewhere(ctx, v.token)
	})
	route(s, signedIn, huma.Operation{
		OperationID: "export-me", Method: http.MethodGet, Path: "/api/v1/me/export",
		Summary:   "All that is kept of who asks, as a zip with JSON to process and HTML to read",
		Responses: map[string]*huma.Response{"200": {Content: map[string]*huma.MediaType{"application/zip": {}}}},
	}, s.exportMe)
}

func (s *server) ownSessions(ctx context.Context, _ *struct{}) (*ownSessions, error) {
	v := visitorOf(ctx)
	if !v.person {
		return nil, errNobodyHere
	}
	found, err := s.Trail.SessionsOf(ctx, v.member.ID, time.Now())
	if err != nil {
		return nil, err
	}
	leaving, err := s.Trail.Farewells(ctx)
	if err != nil {
		return nil, err
	}
	out := &ownSessions{}
	out.Body.Sessions = []OwnSession{}
	_, out.Body.Leaving = leaving[v.member.ID]
	for _, one := range found {
		own := OwnSession{Expires: utc(one.Expires), SeenAt: instant(one.SeenAt)}
		if one.Device != "" {
			own.Device = string(one.Device)
			if d, err := s.Devices.Device(ctx, one.Device); err == nil {
				own.Device = d.Name
			}
		}
		out.Body.Sessions = append(out.Body.Sessions, own)
	}
	return out, nil
}

func (s *server) exportMe(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	v := visitorOf(ctx)
	if !v.person {
		return nil, errNobodyHere
	}
	var file bytes.Buffer
	if err := WriteDossier(ctx, &file, s.Trail, v.member.ID, v.lang); err != nil {
		return nil, fmt.Errorf("export %s: %w", v.member.ID, err)
	}
	s.note(ctx, feed.AuditEntry{Actor: v.member.ID, Subject: v.member.ID, Action: "person.export"})
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "application/zip")
		ctx.SetHeader("Content-Disposition", `attachment; filename="fildefer.zip"`)
		_, _ = ctx.BodyWriter().Write(file.Bytes()) // to a visitor who may have gone
	}}, nil
}

// Dossiers is where all that is kept of a person is read.
type Dossiers interface {
	Dossier(ctx context.Context, m feed.MemberID) (feed.Dossier, error)
	AuditLog(ctx context.Context, q feed.AuditQuery) ([]feed.AuditLine, error)
}

//go:embed dossier.html
var dossierPage string

// WriteDossier writes all that is kept of a person as a zip: dossier.json to
// process, dossier.html to read.
func WriteDossier(ctx context.Context, w io.Writer, from Dossiers, m feed.MemberID, lang feed.Lang) error {
	dossier, err := from.Dossier(ctx, m)
	if err != nil {
		return err
	}
	lines, err := from.AuditLog(ctx, feed.AuditQuery{Of: m, Limit: maxAuditExport})
	if err != nil {
		return err
	}
	audit := feed.DossierSection{Name: "audit", Rows: []map[string]any{}}
	for _, l := range lines {
		audit.Rows = append(audit.Rows, map[string]any{"at": l.At.Format(time.RFC3339), "action": l.Action, "actor": l.ActorName, "subject": l.SubjectName, "territory": l.Territory, "object": l.Object})
	}
	dossier.Sections = append(dossier.Sections, audit)
	z := zip.NewWriter(w)
	if err := writeJSON(z, dossier); err != nil {
		return err
	}
	page, err := z.Create("dossier.html")
	if err != nil {
		return err
	}
	t, err := template.New("dossier").Parse(dossierPage)
	if err != nil {
		return err
	}
	if err := t.Execute(page, map[string]any{"Dossier": dossier, "French": lang != feed.English, "Lang": lang}); err != nil {
		return err
	}
	return z.Close()
}

func writeJSON(z *zip.Writer, d feed.Dossier) error {
	f, err := z.Create("dossier.json")
	if err != nil {
		return err
	}
	out := map[string]any{"id": d.Member.ID, "name": d.Member.Name, "lang": d.Member.Lang, "functions": d.Member.Functions}
	for _, section := range d.Sections {
		out[section.Name] = section.Rows
	}
	e := json.NewEncoder(f)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
