package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// candidate is a document that the index finds.
type candidate struct {
	n       int64
	post    feed.PostID
	comment feed.CommentID
}

// maxRounds bounds how often a search asks the index for more, because what it
// found does not answer after all.
const maxRounds = 8

// Search finds posts and comments in scope, as everybody may read them now, the
// newest first, or the best of the newest. The index says where to look; what
// is there, who may see it and whether it answers is read and asked again. Words
// that only begin as the last one does are looked for where the word itself
// does not fill a page.
func (s *Store) Search(ctx context.Context, scope feed.Scope, r search.Request) (search.Page, error) {
	places := searchedIn(scope.Narrow(r.Territory))
	if len(places) == 0 {
		return search.Page{}, nil
	}
	before, begun, err := searchFrom(r)
	if err != nil {
		return search.Page{}, err
	}
	w := walk{Request: r, scope: scope, before: before, want: pageSize(r.Limit)}
	if r.Ranked {
		w.want = search.RankedOf
	}
	if !begun {
		w.words, w.expr = s.looked(r.Express(false)), s.dialect.express(expression(r, places, false))
		err = s.hits(ctx, &w)
	}
	if begun || err == nil && !w.more && r.Goes() && r.Cursor == "" {
		begun, w.hits, w.before = true, nil, before
		err = s.begun(ctx, &w, places)
	}
	if err != nil {
		return search.Page{}, fmt.Errorf("search in %v: %w", scope.Roots, err)
	}
	page := search.Page{Hits: w.hits}
	switch {
	case r.Ranked:
		slices.SortStableFunc(page.Hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
		page.Hits, page.Bounded = page.Hits[:min(len(page.Hits), pageSize(r.Limit))], w.more
	case w.more:
		page.Next = searchCursor(w.before, begun)
	}
	return page, nil
}

// expression is all that a request asks of the index.
func expression(r search.Request, places []string, begun bool) search.Expression {
	e := r.Express(begun)
	e.Need(places...)
	if r.Kind != "" {
		e.Need(search.KindToken(r.Kind))
	}
	if r.Author != "" {
		e.Need(search.AuthorToken(r.Author))
	}
	return e
}

// looked is what the index is asked for of words and tags; empty: nothing is.
func (s *Store) looked(e search.Expression) string {
	if len(e.All) == 0 {
		return ""
	}
	return s.dialect.express(e)
}

// searchedIn lists the tokens of the places whose posts the reader of a scope
// may find: what is for everybody, and what is for them.
func searchedIn(scope feed.Scope) []string {
	var out []string
	for _, root := range outermost(scope.Roots) {
		out = append(out, search.PlaceToken(root))
		if scope.Reader != "" {
			out = append(out, search.PlaceToken(under(feed.Shadow, scope.Reader, root)))
		}
	}
	for _, root := range outermost(scope.Ghosts) {
		out = append(out, search.PlaceToken(under(feed.Ghost, "", root)))
	}
	return out
}

// searchFrom is the number below which a page begins, and whether the pages
// before it looked for beginnings of words too.
func searchFrom(r search.Request) (before int64, begun bool, err error) {
	before = math.MaxInt64
	if !r.To.IsZero() {
		before = millis(r.To) << timeShift
	}
	if r.Cursor == "" {
		return before, false, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err != nil {
		return 0, false, errCursor
	}
	number, begun := strings.CutSuffix(string(b), "*")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, false, errCursor
	}
	return min(before, n), begun, nil
}

func searchCursor(before int64, begun bool) string {
	cursor := strconv.FormatInt(before, 10)
	if begun {
		cursor += "*"
	}
	return base64.RawURLEncoding.EncodeToString([]byte(cursor))
}

// walk is a way through the documents that the index holds, the newest first.
type walk struct {
	search.Request
	scope  feed.Scope
	words  string     // what is looked for; empty: all
	expr   string     // all that the index is asked: where and of whom too
	begun  *beginning // looked for beside expr; nil: nothing is
	want   int
	before int64 // where it goes on
	hits   []search.Hit
	more   bool // there may be more
}

// hits reads candidates until as many answer as are wanted.
func (s *Store) hits(ctx context.Context, w *walk) error {
	c := s.reader()
	for range maxRounds {
		asked := w.want + 1 - len(w.hits) // the one too many tells of a next page
		found, err := s.found(ctx, w, asked)
		if err != nil {
			return err
		}
		docs, err := c.documents(ctx, found)
		if err != nil {
			return err
		}
		for _, d := range found {
			hit, ok := docs.answer(w.scope, w.Request, d)
			if ok && len(w.hits) == w.want {
				w.more = true
				return nil
			}
			if w.before = d.n; ok {
				w.hits = append(w.hits, hit)
			}
		}
		if len(found) < asked {
			w.more = false
			return nil
		}
	}
	w.more = true
	return nil
}

// found asks the index for the next candidates.
func (s *Store) found(ctx context.Context, w *walk, limit int) ([]candidate, error) {
	c, from := s.reader(), millis(w.From)<<timeShift
	if s.dialect.searchWalk != "" {
		return s.walked(ctx, w, from, limit)
	}
	if w.begun != nil {
		near, all, err := c.beginning(ctx, w, from, limit)
		if err != nil || all || len(near) == limit {
			return near, err
		}
	}
	return c.candidates(ctx, s.dialect.searchQuery, w.expr, from, w.before, limit)
}

func (c conn) candidates(ctx context.Context, query string, args ...any) ([]candidate, error) {
	return rowsOf(ctx, c, func(f *candidate) []any { return []any{&f.n, &f.post, &f.comment} }, query, args...)
}
