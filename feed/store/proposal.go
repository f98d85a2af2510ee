package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const proposalColumns = `id, name, about, people, places, reason, author, state, place, at, ended_at`

func proposalFields(p *feed.Proposal) []any {
	return []any{
		&p.ID, &p.Name, &p.About, doc(&p.People), doc(&p.Places), doc(&p.Reason), &p.By, &p.State, &p.Place, at(&p.At), at(&p.EndedAt),
	}
}

// Propose keeps a proposal, once by its id.
func (t *tx) Propose(ctx context.Context, p feed.Proposal) error {
	_, err := t.exec(ctx, `
		INSERT INTO proposals (`+proposalColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, proposalFields(&p)...)
	if err != nil {
		return fmt.Errorf("proposal %s: %w", p.ID, err)
	}
	return nil
}

// Proposal returns a proposal with its votes.
func (t *tx) Proposal(ctx context.Context, id string) (*feed.Proposal, error) {
	found, err := t.proposals(ctx, `WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, feed.ErrNotFound
	}
	return &found[0], nil
}

func (c conn) proposals(ctx context.Context, rest string, args ...any) ([]feed.Proposal, error) {
	var out []feed.Proposal
	err := c.each(ctx, func(rows *sql.Rows) error {
		p := feed.Proposal{Votes: map[feed.MemberID]bool{}}
		err := rows.Scan(proposalFields(&p)...)
		out = append(out, p)
		return err
	}, `SELECT `+proposalColumns+` FROM proposals `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("proposals: %w", err)
	}
	for i := range out {
		err := c.each(ctx, func(rows *sql.Rows) error {
			var m feed.MemberID
			var yes bool
			err := rows.Scan(&m, &yes)
			out[i].Votes[m] = yes
			return err
		}, `SELECT member, yes FROM proposal_votes WHERE proposal = ?`, out[i].ID)
		if err != nil {
			return nil, fmt.Errorf("votes on %s: %w", out[i].ID, err)
		}
	}
	return out, nil
}

// Proposals lists those that concern a member, the newest first and no more than
// people look through.
func (s *Store) Proposals(ctx context.Context, m feed.MemberID) ([]feed.Proposal, error) {
	const newest = 200
	return s.reader().proposals(ctx, `WHERE `+s.dialect.concerns+` ORDER BY at DESC, id LIMIT ?`, string(m), newest)
}

// VoteOn keeps a member's word on a proposal; the last one holds.
func (t *tx) VoteOn(ctx context.Context, id string, m feed.MemberID, yes bool, when time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO proposal_votes (proposal, member, yes, at)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (proposal, member) DO UPDATE
		SET yes = excluded.yes, at = excluded.at`, id, m, yes, at(&when))
	if err != nil {
		return fmt.Errorf("vote of %s on %s: %w", m, id, err)
	}
	return nil
}

// Settle keeps what became of a proposal, and when.
func (t *tx) Settle(ctx context.Context, id string, state feed.ProposalState, place feed.Path, when time.Time) error {
	if _, err := t.exec(ctx, `UPDATE proposals SET state = ?, place = ?, ended_at = ? WHERE id = ?`, state, place, at(&when), id); err != nil {
		return fmt.Errorf("settle %s: %w", id, err)
	}
	return nil
}

// Exchanges are the conversations since an instant in which at least two people
// spoke. Who wrote the post took part, when that was a person.
func (t *tx) Exchanges(ctx context.Context, since time.Time) ([]feed.Exchange, error) {
	places := map[feed.MemberID][]feed.Path{}
	all, err := t.accounts(ctx, `m.id <> ''`)
	if err != nil {
		return nil, fmt.Errorf("conversations: %w", err)
	}
	for _, a := range all {
		for _, g := range a.Grants {
			if !g.Territory.IsGroup() {
				places[a.ID] = append(places[a.ID], g.Territory)
			}
		}
	}
	var out []feed.Exchange
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id feed.PostID
		var who feed.MemberID
		if err := rows.Scan(&id, &who); err != nil {
			return err
		}
		if len(places[who]) == 0 {
			return nil
		}
		if len(out) == 0 || out[len(out)-1].Post != id {
			out = append(out, feed.Exchange{Post: id})
		}
		last := &out[len(out)-1]
		last.People = append(last.People, feed.Correspondent{Member: who, Places: places[who]})
		return nil
	}, `
		SELECT post, author
		FROM comments
		WHERE at >= ? AND author <> '' AND deleted_at = 0
		UNION
		SELECT p.id, p.author
		FROM posts p
		WHERE p.author <> '' AND p.id IN (SELECT post FROM comments WHERE at >= ?)
		ORDER BY 1, 2`, at(&since), at(&since))
	if err != nil {
		return nil, fmt.Errorf("conversations: %w", err)
	}
	return slices.DeleteFunc(out, func(e feed.Exchange) bool { return len(e.People) < 2 }), nil
}
