package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// The search follows the feed: whoever writes a post or comment indexes nothing,
// and what they wrote is found as soon as their change was indexed behind them.
// The number of the last change that was is kept with the index, in one
// transaction, so that nothing is passed over, whenever the program ends.

// indexBatch is how many posts are indexed in one transaction: on SQLite others
// that write wait as long as that takes.
const indexBatch = 500

// IndexSearch indexes some of the posts that changed since they last were, with
// what was said of them, and tells how many changed; 0: nothing is left. Nodes
// that index at the same time do each change once.
func (s *Store) IndexSearch(ctx context.Context) (changed int, err error) {
	var reached int64
	c := s.reader()
	if err := c.get(ctx, &reached, `SELECT change FROM search_reached`); err != nil {
		return 0, fmt.Errorf("how far the search is indexed: %w", err)
	}
	posts, err := c.list(ctx, `WHERE c.seq > CAST(? AS BIGINT) ORDER BY c.seq LIMIT ?`, reached, indexBatch)
	if err != nil {
		return 0, fmt.Errorf("changes after %d to index: %w", reached, err)
	}
	if len(posts) == 0 {
		return s.fillIndex(ctx, reached)
	}
	docs, err := c.stale(ctx, posts)
	if err != nil {
		return 0, fmt.Errorf("index changes after %d: %w", reached, err)
	}
	last := posts[len(posts)-1].Change
	err = s.inTx(ctx, func(t *tx) error {
		moved, err := t.exec(ctx, `UPDATE search_reached SET change = ? WHERE change = ?`, last, reached)
		if err != nil || moved == 0 { // another node was here first
			return err
		}
		return t.reindex(ctx, docs)
	})
	if err != nil {
		return 0, fmt.Errorf("index changes after %d: %w", reached, err)
	}
	return len(posts), s.survey(ctx, reached, last)
}

// indexed is a post or comment as the search knows it.
type indexed struct {
	post    feed.PostID
	comment feed.CommentID
	at      time.Time
	tokens  []string // empty: not found by words
	places  []string // where it stands, as tokens
	was     bool     // it is indexed already, under n
	same    bool     // by the same words, which are not kept yet
	n       int64
}

// number is the first number that a document may have: its time, then bits that
// are its own. Those that meet nevertheless take the next one that is free.
func (d *indexed) number() int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(d.post) + " " + string(d.comment))) // never fails
	return millis(d.at)<<timeShift | int64(h.Sum32()>>12)
}

// timeShift is by how many bits a document's number begins with its time.
const timeShift = 20

// all are its words and where it stands, as they are indexed.
func (d *indexed) all() string {
	return strings.Join(slices.Concat(d.tokens, d.places), " ")
}

// digest tells whether a document says and stands where it did.
func (d *indexed) digest() int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(d.all())) // never fails
	return int64(h.Sum64())
}

// stale lists the documents of posts that the index does not hold as they are:
// most changes of a machine's post change no word of it.
func (c conn) stale(ctx context.Context, posts []*feed.Post) ([]*indexed, error) {
	ids := make([]feed.PostID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	places, err := c.stand(ctx, ids)
	if err != nil {
		return nil, err
	}
	said, err := c.comments(ctx, `WHERE post IN (?)`, ids)
	if err != nil {
		return nil, fmt.Errorf("what was said: %w", err)
	}
	docs := make([]*indexed, 0, len(posts)+len(said))
	for _, p := range posts {
		docs = append(docs, &indexed{post: p.ID, at: p.OpenedAt, tokens: search.PostTokens(p), places: places[p.ID]})
	}
	for _, m := range said {
		docs = append(docs, &indexed{post: m.Post, comment: m.ID, at: m.At, tokens: search.CommentTokens(m), places: places[m.Post]})
	}
	return c.differing(ctx, ids, docs)
}

// stand lists the places that posts are indexed under, as tokens.
func (c conn) stand(ctx context.Context, ids []feed.PostID) (map[feed.PostID][]string, error) {
	out := map[feed.PostID][]string{}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var id feed.PostID
		var p feed.Path
		err := rows.Scan(&id, &p)
		out[id] = append(out[id], search.PlaceToken(p))
		return err
	}, `SELECT post, territory FROM post_index WHERE post IN (?) ORDER BY post, territory`, ids)
	if err != nil {
		return nil, fmt.Errorf("where posts stand: %w", err)
	}
	return out, nil
}

// differing leaves out the documents that are indexed as they are.
func (c conn) differing(ctx context.Context, ids []feed.PostID, docs []*indexed) ([]*indexed, error) {
	type key struct {
		post    feed.PostID
		comment feed.CommentID
	}
	type entry struct {
		n, digest int64
		bare      bool
	}
	had := map[key]entry{}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var k key
		var e entry
		err := rows.Scan(&k.post, &k.comment, &e.n, &e.digest, &e.bare)
		had[k] = e
		return err
	}, `SELECT post, comment, n, digest, tokens = '' FROM search_docs WHERE post IN (?)`, ids)
	if err != nil {
		return nil, fmt.Errorf("what is indexed: %w", err)
	}
	return slices.DeleteFunc(docs, func(d *indexed) bool {
		var e entry
		e, d.was = had[key{d.post, d.comment}]
		d.n, d.same = e.n, e.bare && e.digest == d.digest()
		return d.was && len(d.tokens) > 0 && e.digest == d.digest() && !e.bare || !d.was && len(d.tokens) == 0
	}), nil
}

// reindex writes documents as they are now.
func (t *tx) reindex(ctx context.Context, docs []*indexed) error {
	words := map[string]bool{}
	for _, d := range docs {
		var err error
		switch {
		case len(d.tokens) == 0:
			err = t.dropDoc(ctx, d.n)
		case d.was:
			err = t.changeDoc(ctx, d)
		default:
			err = t.addDoc(ctx, d)
		}
		if err != nil {
			return fmt.Errorf("index %s %s: %w", d.post, d.comment, err)
		}
		for _, w := range d.tokens {
			if search.IsWord(w) {
				words[w] = true
			}
		}
	}
	return t.learn(ctx, words)
}

// learn keeps which words there are, where the index itself cannot tell quickly.
func (t *tx) learn(ctx context.Context, words map[string]bool) error {
	if !t.store.dialect.wordsApart {
		return nil
	}
	for w := range words {
		if _, err := t.exec(ctx, `INSERT INTO search_terms (term) VALUES (?) ON CONFLICT (term) DO NOTHING`, w); err != nil {
			return fmt.Errorf("learn %s: %w", w, err)
		}
	}
	return nil
}

// maxMeet bounds how many documents of one millisecond may meet.
const maxMeet = 1000

func (t *tx) addDoc(ctx context.Context, d *indexed) error {
	first := d.number()
	for n := first; n < first+maxMeet; n++ {
		added, err := t.exec(ctx, `
			INSERT INTO search_docs (n, post, comment, digest, tokens)
			VALUES (?, ?, ?, ?, `+t.store.dialect.tokens+`)
			ON CONFLICT (n) DO NOTHING`, n, d.post, d.comment, d.digest(), t.holds(d))
		switch {
		case err != nil:
			return err
		case added == 0:
			continue
		case t.store.dialect.wordsApart:
			_, err = t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, n, d.all())
		}
		return err
	}
	return errors.New("too many documents of one millisecond")
}

func (t *tx) changeDoc(ctx context.Context, d *indexed) error {
	_, err := t.exec(ctx, `UPDATE search_docs SET digest = ?, tokens = `+t.store.dialect.tokens+` WHERE n = ?`, d.digest(), t.holds(d), d.n)
	if err != nil || d.same || !t.store.dialect.wordsApart {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM search_words WHERE rowid = ?`, d.n); err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, d.n, d.all())
	return err
}

// holds is what a document is kept with: where the index lies apart that is its
// words, each between blanks.
func (t *tx) holds(d *indexed) string {
	if !t.store.dialect.wordsApart {
		return d.all()
	}
	words := []string{""}
	for _, w := range d.tokens {
		if search.IsWord(w) {
			words = append(words, w)
		}
	}
	return strings.Join(append(words, ""), " ")
}

func (t *tx) dropDoc(ctx context.Context, n int64) error {
	if t.store.dialect.wordsApart {
		if _, err := t.exec(ctx, `DELETE FROM search_words WHERE rowid = ?`, n); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `DELETE FROM search_docs WHERE n = ?`, n)
	return err
}
