package api

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Trees gives the territory tree.
type Trees interface {
	Tree(ctx context.Context) (*feed.Tree, error)
}

// treeAge is how long a renderer keeps names before it asks for them again.
const treeAge = time.Second

// Renderer writes posts as the API does, for whoever sends them on.
type Renderer struct {
	trees Trees

	mu   sync.Mutex
	tree *feed.Tree
	read time.Time
}

// NewRenderer returns a renderer that takes the names of places from trees.
func NewRenderer(trees Trees) *Renderer { return &Renderer{trees: trees} }

// JSON is p on one line for readers of lang.
func (r *Renderer) JSON(ctx context.Context, lang feed.Lang, p *feed.Post) ([]byte, error) {
	tree, err := r.names(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	return json.Marshal(view{lang: lang, tree: tree}.post(p))
}

// names is the tree, at most treeAge old: a burst of posts reads it once. While
// it cannot be read the last one serves: a change that is not rendered is lost
// to every open screen, and an old name is not.
func (r *Renderer) names(ctx context.Context) (*feed.Tree, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tree != nil && time.Since(r.read) < treeAge {
		return r.tree, nil
	}
	tree, err := r.trees.Tree(ctx)
	switch {
	case err == nil:
		r.tree = tree
	case r.tree == nil:
		return nil, err
	}
	r.read = time.Now()
	return r.tree, nil
}
