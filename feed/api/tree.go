package api

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// TreeFiles reads and writes the files in which people bring their tree.
type TreeFiles interface {
	// Read returns the rows of a file whose name tells its format, or
	// feed.RowFaults.
	Read(name string, data []byte) ([]feed.Row, error)
	// Write is the tree as "csv" or "yaml".
	Write(format string, nodes []feed.Territory) ([]byte, error)
}

// A file of the tree, as base64 in JSON, and how long it may take to come.
const (
	maxTreeBody = 12 << 20
	treeTime    = 30 * time.Second
)

type treeFile struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"300" doc:"Of the file; it ends in .csv or .yaml."`
		Data  string `json:"data" doc:"The file as it is, in base64: UTF-8 or Windows-1252."`
		Apply bool   `json:"apply" doc:"Do it; else only tell what it would do."`
	}
}

// TreePlan is what a file makes of the tree, or what is wrong with it.
type TreePlan struct {
	Applied bool         `json:"applied"`
	New     []NamedPlace `json:"new" nullable:"false"`
	Changed []TreeChange `json:"changed" nullable:"false"`
	Same    int          `json:"same"`
	Faults  []TreeFault  `json:"faults" nullable:"false" doc:"With any of them nothing is done."`
}

// TreeChange is a place that a file changes.
type TreeChange struct {
	NamedPlace
	Fields []string `json:"fields" nullable:"false" doc:"What changes."`
}

// TreeFault is one fault of a file.
type TreeFault struct {
	Line   int    `json:"line" doc:"0: the file as a whole."`
	Column int    `json:"column" doc:"0: the line as a whole."`
	Text   string `json:"text"`
}

type treePlan struct{ Body TreePlan }

type treeFormat struct {
	Format string `query:"format" enum:"csv,yaml" default:"csv"`
}

type treeBytes struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// treeRoutes bring the tree in and out as a file.
func (s *server) treeRoutes() {
	route(s, feed.Arrange, huma.Operation{
		OperationID: "import-tree", Method: http.MethodPost, Path: "/api/v1/tree",
		Summary:      "Make of the tree what a file says, all of it or nothing, or see what that would be",
		MaxBodyBytes: maxTreeBody, BodyReadTimeout: treeTime, Errors: []int{http.StatusUnprocessableEntity},
	}, s.importTree)
	route(s, feed.Arrange, huma.Operation{
		OperationID: "export-tree", Method: http.MethodGet, Path: "/api/v1/tree",
		Summary: "The places that the reader may change, as a file that can be imported again", Errors: []int{http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: "The file.",
			Content:     map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}, "application/yaml": {Schema: &huma.Schema{Type: huma.TypeString}}},
		}},
	}, s.exportTree)
}

func (s *server) importTree(ctx context.Context, in *treeFile) (*treePlan, error) {
	data, err := base64.StdEncoding.DecodeString(in.Body.Data)
	if err != nil {
		return nil, errFile
	}
	v := visitorOf(ctx)
	rows, err := s.TreeFiles.Read(in.Body.Name, data)
	var plan feed.Plan
	if err == nil {
		plan, err = s.Tree.Import(ctx, v.member, rows, !in.Body.Apply)
	}
	out := &treePlan{Body: TreePlan{New: []NamedPlace{}, Changed: []TreeChange{}, Faults: []TreeFault{}}}
	if err != nil {
		out.Body.Faults, err = faultsOf(err, v.lang)
		if err != nil {
			return nil, fmt.Errorf("import the tree: %w", err)
		}
		return out, nil
	}
	out.Body.Applied, out.Body.Same = in.Body.Apply, plan.Same
	for _, n := range plan.New {
		out.Body.New = append(out.Body.New, NamedPlace{string(n.Path), n.Name})
	}
	for _, c := range plan.Changed {
		out.Body.Changed = append(out.Body.Changed, TreeChange{NamedPlace{string(c.To.Path), c.To.Name}, c.Fields()})
	}
	return out, nil
}

// faultsOf tells the faults of a file in the reader's words; any other error
// stays one.
func faultsOf(err error, lang feed.Lang) ([]TreeFault, error) {
	var faults feed.RowFaults
	if !errors.As(err, &faults) {
		return nil, err
	}
	told := make([]TreeFault, 0, len(faults))
	for _, f := range faults {
		told = append(told, TreeFault{f.Line, f.Column, f.Text.Render(lang, f.Values)})
	}
	return told, nil
}

func (s *server) exportTree(ctx context.Context, in *treeFormat) (*treeBytes, error) {
	m := visitorOf(ctx).member
	nodes, err := s.Places.Territories(ctx, m.Scope())
	if err != nil {
		return nil, fmt.Errorf("territories: %w", err)
	}
	nodes = slices.DeleteFunc(nodes, func(n feed.Territory) bool { return !feed.Can(m, feed.Arrange, n.Path) })
	b, err := s.TreeFiles.Write(in.Format, nodes)
	if err != nil {
		return nil, fmt.Errorf("export the tree: %w", err)
	}
	return &treeBytes{Type: fileType(in.Format), Disposition: `attachment; filename="territoires.` + in.Format + `"`, Body: b}, nil
}

// fileType is what the browser is told that a file is.
func fileType(format string) string {
	if format == "yaml" {
		return "application/yaml"
	}
	return "text/csv; charset=utf-8"
}

var errFile = feed.Refuse(feed.Invalid, "Le fichier n’est pas arrivé entier : choisissez-le de nouveau.", "The file did not arrive whole: choose it again.")
