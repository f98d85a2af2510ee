package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Balances makes activity reports. Whether their place may be weighed is asked
// before, and of the two that write within.
type Balances interface {
	// Balance is the report of a place on a week or month, by its id.
	Balance(ctx context.Context, place feed.Path, period string) (*feed.Balance, error)
	// Posts are the posts behind a figure, the latest first.
	Posts(ctx context.Context, place feed.Path, period, figure string) (*feed.Behind, error)
	// File is the report as a file for spreadsheets.
	File(ctx context.Context, place feed.Path, period, format string, lang feed.Lang) (name, kind string, data []byte, err error)
	// Subscribed lists which reports of a place a member asks for.
	Subscribed(ctx context.Context, m feed.MemberID, place feed.Path) ([]feed.PeriodUnit, error)
	Subscribe(ctx context.Context, m feed.Member, place feed.Path, unit feed.PeriodUnit, on bool) error
	SetCost(ctx context.Context, m feed.Member, c feed.Cost) error
}

// BalancePage is a report with what its reader may do about it.
type BalancePage struct {
	feed.Balance
	Subscribed []string `json:"subscribed" nullable:"false" enum:"week,month" doc:"Which reports of the place the reader asks for."`
	MayCost    bool     `json:"may_cost" doc:"The reader may say what a loss costs."`
}

// BalanceQuery names a report. It is embedded, and what is embedded has to be
// exported to be read.
type BalanceQuery struct {
	Period    string `path:"period" doc:"2026-W46 or 2026-10; week or month for the last that is over."`
	Territory string `query:"territory" required:"true" minLength:"1"`
}

type (
	oneBalance struct{ Body BalancePage }

	fileQuery struct {
		BalanceQuery
		Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	}
	balanceFile struct {
		Type        string `header:"Content-Type"`
		Disposition string `header:"Content-Disposition"`
		Body        []byte
	}

	subscriptionQuery struct {
		Unit      string `path:"unit" enum:"week,month"`
		Territory string `query:"territory" required:"true" minLength:"1"`
	}

	newCost struct {
		Territory string `query:"territory" required:"true" minLength:"1"`
		Body      struct {
			Minute     float64 `json:"minute" minimum:"0" maximum:"1000000"`
			Part       float64 `json:"part" minimum:"0" maximum:"1000000"`
			ShelfEmpty float64 `json:"shelf_empty" minimum:"0" maximum:"1000000"`
			Currency   string  `json:"currency" pattern:"^[A-Z]{3}$"`
		}
	}
)

// balanceRoutes take their place as other reads do, in the query: a path has
// slashes.
func (s *server) balanceRoutes() {
	refused := []int{http.StatusNotFound, http.StatusUnprocessableEntity}
	route(s, feed.Weigh, huma.Operation{
		OperationID: "read-report", Method: http.MethodGet, Path: "/api/v1/reports/{period}",
		Summary: "The activity report of a place on a week or month", Errors: refused,
	}, s.balance)
	route(s, feed.Weigh, huma.Operation{
		OperationID: "list-figure-posts", Method: http.MethodGet, Path: "/api/v1/reports/{period}/posts",
		Summary: "The posts behind a figure of a report that the reader may see", Errors: refused,
	}, s.figurePosts)
	route(s, feed.Weigh, huma.Operation{
		OperationID: "read-report-file", Method: http.MethodGet, Path: "/api/v1/reports/{period}/file",
		Summary: "The report as CSV or XLSX", Errors: refused,
		Responses: map[string]*huma.Response{"200": {
			Description: "The file.",
			Content:     map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
		}},
	}, s.balanceFile)
	for method, on := range map[string]bool{http.MethodPut: true, http.MethodDelete: false} {
		id, summary := "subscribe-report", "Be told of the reports of a place as soon as they are made"
		if !on {
			id, summary = "unsubscribe-report", "No longer be told of the reports of a place"
		}
		route(s, feed.Weigh, huma.Operation{
			OperationID: id, Method: method, Path: "/api/v1/reports/subscriptions/{unit}", Summary: summary, Errors: refused, DefaultStatus: http.StatusNoContent,
		}, func(ctx context.Context, in *subscriptionQuery) (*struct{}, error) {
			return nil, s.Balances.Subscribe(ctx, visitorOf(ctx).member, feed.Path(in.Territory), feed.PeriodUnit(in.Unit), on)
		})
	}
	route(s, feed.Operate, huma.Operation{
		OperationID: "set-cost", Method: http.MethodPut, Path: "/api/v1/costs", Summary: "Say what a loss costs at a place and below it",
		Errors: refused, DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *newCost) (*struct{}, error) {
		c := feed.Cost{Territory: feed.Path(in.Territory), Minute: in.Body.Minute, Part: in.Body.Part, ShelfEmpty: in.Body.ShelfEmpty, Currency: in.Body.Currency}
		return nil, s.Balances.SetCost(ctx, visitorOf(ctx).member, c)
	})
}

func (s *server) balance(ctx context.Context, in *BalanceQuery) (*oneBalance, error) {
	m, place := visitorOf(ctx).member, feed.Path(in.Territory)
	if err := feed.Require(m, feed.Weigh, place); err != nil {
		return nil, err
	}
	b, err := s.Balances.Balance(ctx, place, in.Period)
	if err != nil {
		return nil, fmt.Errorf("report of %s on %s: %w", place, in.Period, err)
	}
	out := &oneBalance{Body: BalancePage{Balance: *b, MayCost: feed.Can(m, feed.Operate, place)}}
	units, err := s.Balances.Subscribed(ctx, m.ID, place)
	out.Body.Subscribed = make([]string, 0, len(units))
	for _, u := range units {
		out.Body.Subscribed = append(out.Body.Subscribed, string(u))
	}
	return out, err
}

func (s *server) balanceFile(ctx context.Context, in *fileQuery) (*balanceFile, error) {
	v, place := visitorOf(ctx), feed.Path(in.Territory)
	if err := feed.Require(v.member, feed.Weigh, place); err != nil {
		return nil, err
	}
	name, kind, data, err := s.Balances.File(ctx, place, in.Period, in.Format, v.lang)
	if err != nil {
		return nil, fmt.Errorf("%s of the report of %s on %s: %w", in.Format, place, in.Period, err)
	}
	return &balanceFile{Type: kind, Disposition: fmt.Sprintf("attachment; filename=%q", name), Body: data}, nil
}
