package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// enrolTx is what a file of people takes of a transaction.
type enrolTx interface {
	// Enrolled lists everybody who is or was a member, with their roles in the
	// tree.
	Enrolled(ctx context.Context) ([]Enrolled, error)
	// Enrol adds a person without a PIN, or gives who has that id, revoked or
	// not, this name, language and functions, and the badge whose hash is given.
	// Roles are those of Bestow. It is a Conflict when the badge is another's.
	Enrol(ctx context.Context, m Member, badgeHash string) error
}

// Enrolled is somebody as the feed has them, with the hash of their badge.
type Enrolled struct {
	Member
	Badge   string
	Revoked bool
}

// Intake is what a file of people does: whom it adds and whom it changes. People
// whom it does not name stay as they are.
type Intake struct {
	New     []Enrolment
	Changed []Revision
	Same    int
}

// Revision is somebody before and after a file, and which of their roles it
// gives and takes. Those that the sender may not give are not theirs to take.
type Revision struct {
	From         Enrolled
	To           Enrolment
	Given, Taken []Grant
	Badged       bool // the badge is another one
}

// Fields are what changes besides roles, in the words of a file; "return" is
// that somebody comes back who was revoked.
func (r Revision) Fields() []string {
	var out []string
	for _, f := range []struct {
		name    string
		changes bool
	}{
		{"return", r.From.Revoked},
		{FieldName, r.From.Name != r.To.Name},
		{FieldLanguage, r.From.Lang != r.To.Lang},
		{FieldFunctions, !slices.Equal(r.From.Functions, r.To.Functions)},
		{FieldBadge, r.Badged},
	} {
		if f.changes {
			out = append(out, f.name)
		}
	}
	return out
}

func (r Revision) isNothing() bool {
	return len(r.Given)+len(r.Taken) == 0 && len(r.Fields()) == 0
}

// Import makes members of the people of a file, all of them or none, and gives
// those who are there what it says; with dry it only looks. What is wrong is a
// RowFaults. Hash is what is kept of a badge: it takes its time, which neither a
// file with faults gets nor a transaction waits for.
func (r *Roster) Import(ctx context.Context, by Member, rows []Row, hash func(ctx context.Context, badge string) (string, error), dry bool) (Intake, error) {
	hashes := map[string]string{}
	for _, row := range rows {
		if badge := row.text(FieldBadge); badge != "" {
			hashes[badge] = ""
		}
	}
	if len(hashes) > 0 {
		if _, err := r.intake(ctx, by, rows, nil, true); err != nil {
			return Intake{}, err
		}
	}
	for badge := range hashes {
		kept, err := hash(ctx, badge)
		if err != nil {
			return Intake{}, fmt.Errorf("badges of a file: %w", err)
		}
		hashes[badge] = kept
	}
	return r.intake(ctx, by, rows, hashes, dry)
}

func (r *Roster) intake(ctx context.Context, by Member, rows []Row, hashes map[string]string, dry bool) (in Intake, err error) {
	err = r.repo.InTx(ctx, func(tx Tx) error {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		known, err := tx.Enrolled(ctx)
		if err != nil {
			return fmt.Errorf("people who are there: %w", err)
		}
		var faults RowFaults
		if in, faults = weigh(by, tree, known, rows, hashes); faults != nil {
			return faults
		}
		if dry {
			return nil
		}
		return r.takeIn(ctx, tx, by, in, hashes)
	})
	return in, err
}

// takeIn does what a file says; each person may read that it was.
func (r *Roster) takeIn(ctx context.Context, tx Tx, by Member, in Intake, hashes map[string]string) error {
	all := slices.Clone(in.Changed)
	for _, e := range in.New {
		all = append(all, Revision{To: e, Given: e.Grants})
	}
	for _, one := range all {
		id := one.To.ID
		if err := tx.Enrol(ctx, one.To.Member, hashes[one.To.Badge]); err != nil {
			return fmt.Errorf("enrol %s: %w", id, err)
		}
		for _, g := range one.Given {
			if _, err := tx.Bestow(ctx, id, g, true); err != nil {
				return err
			}
		}
		for _, g := range one.Taken {
			if _, err := tx.Bestow(ctx, id, g, false); err != nil {
				return err
			}
		}
		if err := tx.Audit(ctx, r.imported(by, one)); err != nil {
			return fmt.Errorf("enrol %s: %w", id, err)
		}
	}
	return nil
}

func (r *Roster) imported(by Member, one Revision) AuditEntry {
	what := map[string]string{"roles": inWords(one.To.Grants)}
	if len(one.Taken) > 0 {
		what["taken"] = inWords(one.Taken)
	}
	e := AuditEntry{At: r.now(), Actor: by.ID, Action: "member.import", Subject: one.To.ID, Detail: detail(what)}
	if len(one.To.Grants) > 0 {
		e.Territory = one.To.Grants[0].Territory
	}
	return e
}

func inWords(grants []Grant) string {
	words := make([]string, 0, len(grants))
	for _, g := range grants {
		words = append(words, string(g.Role)+"@"+string(g.Territory))
	}
	return strings.Join(words, " ")
}
