package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed/search"
)

// maxEndings is for how many words that begin alike each is looked for by
// itself, so that the search stops at a page.
const maxEndings = 64

// maxBegun bounds how many documents are looked at for the beginning of a word
// before the index merges the lists of all words that begin so.
const maxBegun = 4096

// beginning is a word of which only the beginning is known, where so many words
// begin so that documents which answer all else are looked at, the newest first.
type beginning struct {
	beside string // what the index is asked for besides
	word   string // the word itself, as the tokens of a document hold it
	begins string // what a longer one begins with there
}

// begun looks for the words that begin as the last one does.
func (s *Store) begun(ctx context.Context, w *walk, places []string) error {
	e := expression(w.Request, places, true)
	if s.dialect.wordsApart {
		i := slices.IndexFunc(e.All, func(group []search.Choice) bool { return group[len(group)-1].Begun })
		group := e.All[i]
		words, many, err := s.endings(ctx, group)
		switch {
		case err != nil:
			return err
		case many:
			beside := search.Expression{All: slices.Delete(slices.Clone(e.All), i, i+1), Not: e.Not}
			w.begun = &beginning{s.dialect.express(beside), " " + group[0].Token + " ", " " + group[1].Token}
		default:
			e.All[i] = words
		}
	}
	w.expr = s.dialect.express(e)
	return s.hits(ctx, w)
}

// endings puts the words that there are in the place of their beginning, unless
// these are many.
func (s *Store) endings(ctx context.Context, group []search.Choice) (words []search.Choice, many bool, err error) {
	last := group[len(group)-1]
	words = slices.Clone(group[:len(group)-1])
	err = s.reader().each(ctx, func(rows *sql.Rows) error {
		var c search.Choice
		err := rows.Scan(&c.Token)
		words = append(words, c)
		return err
	}, `SELECT term FROM search_terms WHERE term >= ? AND term < ? ORDER BY term LIMIT ?`, last.Token, last.Token+"{", maxEndings+1)
	if err != nil {
		return nil, false, fmt.Errorf("words that begin as %s: %w", last.Token, err)
	}
	return words, len(words) > len(group)-1+maxEndings, nil
}

// errEnough ends a walk.
var errEnough = errors.New("enough")

// beginning walks through documents that answer all else for those with a word
// that begins as the last one does; all tells that it came to their end.
func (c conn) beginning(ctx context.Context, w *walk, from int64, limit int) (near []candidate, all bool, err error) {
	most, walked := min(walkFor*limit, maxBegun), 0
	err = c.each(ctx, func(rows *sql.Rows) error {
		var f candidate
		var has bool
		err := rows.Scan(&f.n, &f.post, &f.comment, &has)
		if walked++; has {
			near = append(near, f)
		}
		if err == nil && len(near) == limit {
			return errEnough
		}
		return err
	}, sqliteWalk, w.begun.word, w.begun.begins, w.begun.beside, from, w.before, most)
	if errors.Is(err, errEnough) {
		return near, false, nil
	}
	return near, walked < most, err
}
