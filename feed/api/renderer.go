package api

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Trees gives the territory tree.
type Trees interface {
	Tree(ctx context.Context) (*feed.Tree, error)
}

// Renderer writes posts as the API does, for whoever sends them on.
type Renderer struct{ trees Trees }

// NewRenderer returns a renderer that takes the names of places from trees.
func NewRenderer(trees Trees) *Renderer { return &Renderer{trees: trees} }

// JSON is p on one line for readers of lang.
func (r *Renderer) JSON(ctx context.Context, lang feed.Lang, p *feed.Post) ([]byte, error) {
	tree, err := r.trees.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	return json.Marshal(view{lang: lang, tree: tree}.post(p))
}
