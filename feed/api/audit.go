package api

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// AuditLine is one line of the audit log.
type AuditLine struct {
	N         int64          `json:"n"`
	At        time.Time      `json:"at"`
	Actor     string         `json:"actor,omitempty" doc:"Name of who did it; absent for the command line, and for who was erased."`
	Action    string         `json:"action"`
	Subject   string         `json:"subject,omitempty" doc:"Name of the person concerned."`
	Place     string         `json:"place,omitempty"`
	PlaceName string         `json:"place_name,omitempty"`
	Object    string         `json:"object,omitempty"`
	Detail    map[string]any `json:"detail,omitempty"`
	Hash      string         `json:"hash"`
}

type auditQuery struct {
	Before int64 `query:"before" doc:"Only lines before this one."`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type auditPage struct {
	Body struct {
		Lines []AuditLine `json:"lines" nullable:"false"`
	}
}

// maxAuditExport bounds an export of the audit log.
const maxAuditExport = 100_000

func (s *server) auditRoutes() {
	route(s, feed.Audit, huma.Operation{
		OperationID: "list-audit", Method: http.MethodGet, Path: "/api/v1/audit",
		Summary: "The audit log of the reader's places, the latest first; reading it is written down too",
	}, func(ctx context.Context, in *auditQuery) (*auditPage, error) {
		if in.Before == 0 {
			s.audit(ctx, "audit.read", "", "")
		}
		return s.auditPage(ctx, feed.AuditQuery{Places: s.audited(ctx), Before: in.Before, Limit: in.Limit})
	})
	route(s, feed.Audit, huma.Operation{
		OperationID: "export-audit", Method: http.MethodGet, Path: "/api/v1/audit.csv",
		Summary:   "The audit log of the reader's places as CSV",
		Responses: map[string]*huma.Response{"200": {Content: map[string]*huma.MediaType{"text/csv": {}}}},
	}, s.exportAudit)
	route(s, signedIn, huma.Operation{
		OperationID: "list-own-audit", Method: http.MethodGet, Path: "/api/v1/me/audit",
		Summary: "What the audit log tells of who asks",
	}, func(ctx context.Context, in *auditQuery) (*auditPage, error) {
		v := visitorOf(ctx)
		if !v.person {
			return nil, errNobodyHere
		}
		return s.auditPage(ctx, feed.AuditQuery{Of: v.member.ID, Before: in.Before, Limit: in.Limit})
	})
}

// audited is the places whose log the visitor reads.
func (s *server) audited(ctx context.Context) []feed.Path {
	places := []feed.Path{}
	m := visitorOf(ctx).member
	for _, g := range m.Grants {
		if feed.Can(m, feed.Audit, g.Territory) {
			places = append(places, g.Territory)
		}
	}
	return places
}

func (s *server) auditPage(ctx context.Context, q feed.AuditQuery) (*auditPage, error) {
	lines, err := s.auditLines(ctx, q)
	out := &auditPage{}
	out.Body.Lines = lines
	return out, err
}

func (s *server) auditLines(ctx context.Context, q feed.AuditQuery) ([]AuditLine, error) {
	found, err := s.Trail.AuditLog(ctx, q)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]AuditLine, 0, len(found))
	for _, l := range found {
		line := AuditLine{
			N: l.N, At: utc(l.At), Actor: l.ActorName, Action: l.Action, Subject: l.SubjectName,
			Place: string(l.Territory), Object: l.Object, Hash: l.Hash,
		}
		if l.Territory != "" {
			line.PlaceName = tree.Name(l.Territory)
		}
		_ = json.Unmarshal(l.Detail, &line.Detail) // none is none
		out = append(out, line)
	}
	return out, nil
}

func (s *server) exportAudit(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	s.audit(ctx, "audit.export", "", "")
	lines, err := s.auditLines(ctx, feed.AuditQuery{Places: s.audited(ctx), Limit: maxAuditExport})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "text/csv; charset=utf-8")
		ctx.SetHeader("Content-Disposition", `attachment; filename="audit.csv"`)
		w := csv.NewWriter(ctx.BodyWriter())
		_ = w.Write([]string{"n", "at", "actor", "action", "subject", "place", "object", "detail", "hash"})
		for _, l := range lines {
			detail, _ := json.Marshal(l.Detail)
			_ = w.Write([]string{
				strconv.FormatInt(l.N, 10), l.At.Format(time.RFC3339Nano), inert(l.Actor), l.Action, inert(l.Subject), l.Place, inert(l.Object), inert(string(detail)), l.Hash,
			})
		}
		w.Flush()
	}}, nil
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(text string) string {
	if strings.IndexAny(text, "=+-@\t\r") == 0 {
		return "'" + text
	}
	return text
}
