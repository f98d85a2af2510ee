package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Articles is what the API reads of what stores sell.
type Articles interface {
	// Article is what the ERP says of an article in the first of the stores
	// that has it, or nil.
	Article(ctx context.Context, stores []feed.Path, sku string) (*feed.Article, error)
	// Articles lists those that somebody who typed this may mean.
	Articles(ctx context.Context, stores []feed.Path, typed string, limit int) ([]feed.Article, error)
	// Sold is what was sold of an article each day from a day on, the oldest
	// first, without the days of which nothing is known.
	Sold(ctx context.Context, store feed.Path, sku string, from feed.Day) ([]feed.Sold, error)
	// Threads lists the open posts about an article, the oldest first.
	Threads(ctx context.Context, scope feed.Scope, store feed.Path, sku string) ([]*feed.Post, error)
}

const (
	maxFound = 20 // articles that somebody may have meant
	soldDays = 7  // of sales, with the one that is running
)

// Article is what the ERP last said of an article, what was sold of it, and
// what people talk about.
type Article struct {
	SKU       string    `json:"sku"`
	Label     string    `json:"label"`
	Store     string    `json:"store"`
	StoreName string    `json:"store_name"`
	Aisle     string    `json:"aisle,omitempty"`
	AisleName string    `json:"aisle_name,omitempty"`
	OnHand    *float64  `json:"on_hand,omitempty" doc:"Stock by the ERP; absent when it lists the article no more."`
	At        time.Time `json:"at" doc:"When the ERP said so."`
	BackRoom  *float64  `json:"back_room,omitempty" doc:"Of the stock, in the back room."`
	Price     *float64  `json:"price,omitempty"`
	Currency  string    `json:"currency,omitempty" doc:"Of the price, as the ERP says it: a code of ISO 4217."`
	Delivery  *Delivery `json:"delivery,omitempty" doc:"The next one."`
	Source    string    `json:"source,omitempty" doc:"Connector that said so."`
	Sold      []Sold    `json:"sold" nullable:"false" doc:"Of the last seven days, the oldest first, without those of which nothing is known."`
	Threads   []Post    `json:"threads" nullable:"false" doc:"Open posts about it that the reader may see."`
}

// Delivery is one that the ERP announces.
type Delivery struct {
	At       time.Time `json:"at"`
	Quantity *float64  `json:"quantity,omitempty"`
}

// Sold is what was sold on a day of the store.
type Sold struct {
	Day    string  `json:"day" format:"date"`
	Pieces float64 `json:"pieces"`
}

// Found is an article that somebody may have meant.
type Found struct {
	SKU    string    `json:"sku"`
	Label  string    `json:"label"`
	Aisle  string    `json:"aisle,omitempty"`
	OnHand *float64  `json:"on_hand,omitempty"`
	At     time.Time `json:"at"`
}

type articleQuery struct {
	SKU       string `path:"sku"`
	Territory string `query:"territory" doc:"A place in the store in question; any store of the reader's when absent."`
}

type oneArticle struct{ Body Article }

type articleSearch struct {
	Typed     string `query:"q" minLength:"1" maxLength:"200" required:"true" doc:"Words of the label, or the start of the code."`
	Territory string `query:"territory"`
}

type articleList struct {
	Body struct {
		Articles []Found `json:"articles" nullable:"false"`
	}
}

func (s *server) articleRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "read-article", Method: http.MethodGet, Path: "/api/v1/articles/{sku}",
		Summary: "What the ERP says of an article, and what people do", Errors: []int{http.StatusNotFound},
	}, s.article)
	route(s, feed.Read, huma.Operation{
		OperationID: "find-articles", Method: http.MethodGet, Path: "/api/v1/articles",
		Summary: "Articles by words of their label, or the start of their code",
		Errors:  []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.articles)
}

var errNoArticle = feed.Refuse(feed.NotFound, "L’ERP ne connaît pas l’article {sku} dans ce magasin.", "The ERP does not know article {sku} in this store.")

func (s *server) article(ctx context.Context, in *articleQuery) (*oneArticle, error) {
	v, stores, err := s.stores(ctx, in.Territory)
	if err != nil {
		return nil, err
	}
	a, err := s.Articles.Article(ctx, stores, in.SKU)
	switch {
	case err != nil:
		return nil, err
	case a == nil:
		return nil, errNoArticle.With(feed.Values{"sku": in.SKU})
	}
	out := v.article(a)
	sold, err := s.Articles.Sold(ctx, a.Store, a.SKU, feed.DayOf(time.Now().UTC().AddDate(0, 0, -soldDays)))
	if err != nil {
		return nil, err
	}
	for _, d := range sold[max(0, len(sold)-soldDays):] {
		out.Sold = append(out.Sold, Sold{Day: string(d.Day), Pieces: number(d.Pieces)})
	}
	threads, err := s.Articles.Threads(ctx, visitorOf(ctx).member.Scope(), a.Store, a.SKU)
	if err != nil {
		return nil, err
	}
	for _, p := range threads {
		out.Threads = append(out.Threads, v.post(p))
	}
	return &oneArticle{Body: out}, nil
}

func (v view) article(a *feed.Article) Article {
	out := Article{
		SKU: a.SKU, Label: a.Label, Store: string(a.Store), StoreName: v.tree.Name(a.Store),
		OnHand: finite(a.OnHand), At: utc(a.At), BackRoom: finite(a.BackRoom), Price: finite(a.Price), Currency: a.Currency, Source: a.Source,
		Sold: []Sold{}, Threads: []Post{},
	}
	if a.Aisle != "" {
		out.Aisle, out.AisleName = string(a.Aisle), v.tree.Name(a.Aisle)
	}
	if !a.Delivery.At.IsZero() {
		out.Delivery = &Delivery{At: utc(a.Delivery.At), Quantity: finite(a.Delivery.Quantity)}
	}
	return out
}

func (s *server) articles(ctx context.Context, in *articleSearch) (*articleList, error) {
	_, stores, err := s.stores(ctx, in.Territory)
	if err != nil {
		return nil, err
	}
	found, err := s.Articles.Articles(ctx, stores, in.Typed, maxFound)
	if err != nil {
		return nil, fmt.Errorf("articles of %q: %w", in.Territory, err)
	}
	out := &articleList{}
	out.Body.Articles = make([]Found, 0, len(found))
	for _, a := range found {
		out.Body.Articles = append(out.Body.Articles, Found{
			SKU: a.SKU, Label: a.Label, Aisle: string(a.Aisle), OnHand: finite(a.OnHand), At: utc(a.At),
		})
	}
	return out, nil
}

// stores are those in which the visitor has something to read at or below a
// place: whoever works in an aisle may ask what its store has.
func (s *server) stores(ctx context.Context, territory string) (view, []feed.Path, error) {
	scope, err := visitorOf(ctx).within(territory)
	if err != nil {
		return view{}, nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return view{}, nil, err
	}
	nodes, err := s.Places.Territories(ctx, scope)
	if err != nil {
		return view{}, nil, fmt.Errorf("territories: %w", err)
	}
	stores := map[feed.Path]bool{}
	for _, root := range scope.Roots {
		stores[v.tree.StoreOf(root)] = true
	}
	for _, n := range nodes {
		if n.Kind == feed.Store && scope.Contains(n.Path) {
			stores[n.Path] = true
		}
	}
	return v, slices.Sorted(maps.Keys(stores)), nil
}
