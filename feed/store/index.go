package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// indexed is a post or comment as the search knows it.
type indexed struct {
	post    feed.PostID
	comment feed.CommentID
	at      time.Time
	tokens  []string // empty: not found by words
	where   string   // changes whenever it stands elsewhere
}

// number is the first number that a document may have: its time, then bits that
// are its own. Those that meet nevertheless take the next one that is free.
func (d indexed) number() int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(d.post) + " " + string(d.comment))) // never fails
	return millis(d.at)<<timeShift | int64(h.Sum32()>>12)
}

// timeShift is by how many bits a document's number begins with its time.
const timeShift = 20

// digest tells whether a document says and stands where it did.
func (d indexed) digest() int64 {
	h := fnv.New64a()
	for _, t := range append(d.tokens, d.where) {
		_, _ = h.Write([]byte(t + " ")) // never fails
	}
	return int64(h.Sum64())
}

// searched indexes the words of a post under the places where it stands. Most
// changes of a machine's post change neither.
func (t *tx) searched(ctx context.Context, p *feed.Post) error {
	if t.store.plain {
		return nil
	}
	d := indexed{post: p.ID, at: p.OpenedAt, tokens: search.PostTokens(p)}
	d.where = fmt.Sprintf("%s %s %s", p.Territory, p.Audience, p.ShadowFor)
	if p.Talk != nil && p.Talk.For != nil {
		d.where += fmt.Sprintf(" %v", *p.Talk.For)
	}
	changed, was, err := t.indexed(ctx, d)
	if err != nil || !changed || !was || p.Comments == 0 {
		return err
	}
	return t.searchedThread(ctx, p.ID) // it may stand elsewhere now
}

// searchedThread indexes what was said on a post.
func (t *tx) searchedThread(ctx context.Context, id feed.PostID) error {
	thread, err := t.Thread(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range thread {
		if err := t.searchedComment(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// searchedComment indexes the words of a comment where its post stands.
func (t *tx) searchedComment(ctx context.Context, c feed.Comment) error {
	if t.store.plain {
		return nil
	}
	places, err := t.standsAt(ctx, c.Post)
	if err != nil {
		return err
	}
	_, _, err = t.indexed(ctx, indexed{post: c.Post, comment: c.ID, at: c.At, tokens: search.CommentTokens(c), where: strings.Join(places, " ")})
	return err
}

// standsAt lists the places that a post is indexed under, as tokens.
func (t *tx) standsAt(ctx context.Context, id feed.PostID) ([]string, error) {
	var places []string
	err := t.each(ctx, func(rows *sql.Rows) error {
		var p feed.Path
		err := rows.Scan(&p)
		places = append(places, search.PlaceToken(p))
		return err
	}, `SELECT territory FROM post_index WHERE post = ? ORDER BY territory`, id)
	if err != nil {
		return nil, fmt.Errorf("where %s stands: %w", id, err)
	}
	return places, nil
}

// indexed keeps a document as it is now. It tells whether that changed
// anything, and whether the document was there before.
func (t *tx) indexed(ctx context.Context, d indexed) (changed, was bool, err error) {
	var n, had int64
	err = t.each(ctx, func(rows *sql.Rows) error { was = true; return rows.Scan(&n, &had) },
		`SELECT n, digest FROM search_docs WHERE post = ? AND comment = ?`, d.post, d.comment)
	if err != nil {
		return false, false, fmt.Errorf("what is indexed of %s %s: %w", d.post, d.comment, err)
	}
	digest := d.digest()
	switch {
	case was && len(d.tokens) == 0:
		err = t.dropDoc(ctx, n)
	case len(d.tokens) == 0, was && had == digest:
		return false, was, nil
	default:
		err = t.putDoc(ctx, d, was, n, digest)
	}
	if err != nil {
		return false, was, fmt.Errorf("index %s %s: %w", d.post, d.comment, err)
	}
	return true, was, nil
}

// putDoc writes a document with the places where it stands.
func (t *tx) putDoc(ctx context.Context, d indexed, was bool, n, digest int64) error {
	places, err := t.standsAt(ctx, d.post)
	if err != nil {
		return err
	}
	tokens := strings.Join(append(d.tokens, places...), " ")
	if was {
		return t.changeDoc(ctx, n, digest, tokens)
	}
	return t.addDoc(ctx, d, digest, tokens)
}

// maxMeet bounds how many documents of one millisecond may meet.
const maxMeet = 1000

func (t *tx) addDoc(ctx context.Context, d indexed, digest int64, tokens string) error {
	columns, marks, args := `n, post, comment, digest`, `?, ?, ?, ?`, []any{int64(0), d.post, d.comment, digest}
	if !t.store.dialect.wordsApart {
		columns, marks, args = columns+`, tokens`, marks+`, CAST(CAST(? AS TEXT) AS TSVECTOR)`, append(args, tokens)
	}
	first := d.number()
	for n := first; n < first+maxMeet; n++ {
		args[0] = n
		added, err := t.exec(ctx, `INSERT INTO search_docs (`+columns+`) VALUES (`+marks+`) ON CONFLICT (n) DO NOTHING`, args...)
		switch {
		case err != nil:
			return err
		case added == 0:
			continue
		case t.store.dialect.wordsApart:
			_, err = t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, n, tokens)
		}
		return err
	}
	return errors.New("too many documents of one millisecond")
}

func (t *tx) changeDoc(ctx context.Context, n, digest int64, tokens string) error {
	if !t.store.dialect.wordsApart {
		_, err := t.exec(ctx, `UPDATE search_docs SET digest = ?, tokens = CAST(CAST(? AS TEXT) AS TSVECTOR) WHERE n = ?`, digest, tokens, n)
		return err
	}
	if _, err := t.exec(ctx, `UPDATE search_docs SET digest = ? WHERE n = ?`, digest, n); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM search_words WHERE rowid = ?`, n); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, n, tokens)
	return err
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
