package store_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// inHouse runs a test on each database, where somebody works on a line.
func inHouse(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Parallel()
	for name, url := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return store.SQLiteIn(t.TempDir()) },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := store.Open(t.Context(), url(t), store.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, s.Close()) })
			require.NoError(t, s.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon/line-1", Name: "Ligne 1", Kind: feed.Line}}))
			require.NoError(t, s.AddMember(t.Context(), leaver, "hash"))
			test(t, s)
		})
	}
}

// leaver is somebody whose name stands nowhere by chance.
var leaver = feed.Member{ID: "zoe.garnier", Name: "Zoé Garnier", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}

// noted keeps an entry of the audit log about somebody.
func noted(t *testing.T, s *store.Store, whom feed.MemberID, action string) {
	t.Helper()
	e := feed.AuditEntry{At: time.Now(), Actor: "manager", Subject: whom, Action: action, Detail: json.RawMessage(`{"role":"lead"}`)}
	require.NoError(t, s.Note(t.Context(), e))
}

func TestNoRowOfTheAuditLogChanges(t *testing.T) {
	inHouse(t, func(t *testing.T, s *store.Store) {
		noted(t, s, "operator", "role.give")
		noted(t, s, "operator", "role.take")
		for _, sql := range []string{`UPDATE audit SET action = 'x' WHERE n = 1`, `DELETE FROM audit WHERE n = 2`} {
			require.ErrorContains(t, s.Tamper(t.Context(), sql), "only appended to", sql)
		}
		require.NoError(t, s.Tamper(t.Context(), `UPDATE audit_words SET text = '{"role":"admin"}' WHERE text LIKE '{%'`))
		v, err := s.VerifyAudit(t.Context(), nil)
		require.NoError(t, err)
		require.EqualValues(t, 1, v.Broken, "what stands beside the chain is checked too")
	})
}

func TestARowThatWasChangedByForceIsNamed(t *testing.T) {
	inHouse(t, func(t *testing.T, s *store.Store) {
		for _, action := range []string{"role.give", "role.take", "member.revoke"} {
			noted(t, s, "operator", action)
		}
		head, err := s.AuditHead(t.Context())
		require.NoError(t, err)
		require.NoError(t, s.Disarm(t.Context()))
		require.NoError(t, s.Tamper(t.Context(), `UPDATE audit SET action = 'x' WHERE n = 2`))
		v, err := s.VerifyAudit(t.Context(), &head)
		require.NoError(t, err)
		require.EqualValues(t, 2, v.Broken)
		require.NoError(t, s.Tamper(t.Context(), `UPDATE audit SET action = 'role.take' WHERE n = 2`))
		require.NoError(t, s.Tamper(t.Context(), `DELETE FROM audit WHERE n = 3`))
		v, err = s.VerifyAudit(t.Context(), nil)
		require.NoError(t, err)
		require.Zero(t, v.Broken, "a chain that ends early is whole by itself")
		v, err = s.VerifyAudit(t.Context(), &head)
		require.NoError(t, err)
		require.EqualValues(t, 3, v.Broken, "a head that was kept elsewhere knows better")
	})
}

// told is something of everything that is kept of somebody.
func told(ctx context.Context, t *testing.T, s *store.Store) *feed.Post {
	t.Helper()
	service := feed.NewService(s, time.Now)
	p, _, err := service.Report(ctx, leaver, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Un bac plus haut"})
	require.NoError(t, err)
	_, err = service.Comment(ctx, leaver, p.ID, "", "Je le construis")
	require.NoError(t, err)
	_, err = service.React(ctx, leaver, p.ID, feed.Useful, true)
	require.NoError(t, err)
	noted(t, s, leaver.ID, "role.take")
	require.NoError(t, s.AddSession(ctx, "token", feed.Session{Member: leaver, Expires: time.Now().Add(time.Hour)}, time.Now()))
	_, err = s.Seal(ctx, leaver.ID)
	require.NoError(t, err)
	require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
		if err := tx.Bind(ctx, "https://login.example", "zoe.garnier@example", leaver.ID, time.Now()); err != nil {
			return err
		}
		return tx.Tell(ctx, feed.Notification{ID: "n1", Member: leaver.ID, Key: "k", Why: feed.Answered, Post: p.ID, At: time.Now()})
	}))
	return p
}

func TestWhoIsForgottenIsNowhere(t *testing.T) {
	inHouse(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		p := told(ctx, t, s)
		roster := feed.NewRoster(s, time.Now)
		var kept []feed.Erasure
		keep := func(e feed.Erasure) error { kept = append(kept, e); return nil }
		require.NoError(t, roster.Erase(ctx, feed.Console(), leaver.ID, keep))
		for _, word := range []string{string(leaver.ID), leaver.Name} {
			found, err := s.Everywhere(ctx, word)
			require.NoError(t, err)
			require.Empty(t, found, "%s is still there", word)
		}
		now, err := s.Post(ctx, feed.Scope{Roots: []feed.Path{"lyon"}}, p.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"Un bac plus haut", "Ancien membre"}, []string{now.Text, now.Author.Name})
		require.Equal(t, "Ancien membre", now.LastComment.Author.Name)
		require.Greater(t, now.Change, p.Change, "screens hear of it")
		v, err := s.VerifyAudit(ctx, nil)
		require.NoError(t, err)
		require.Zero(t, v.Broken, v.Why)
		require.Equal(t, 1, v.Forgotten)
		require.ErrorIs(t, roster.Erase(ctx, feed.Console(), leaver.ID, keep), feed.ErrNotFound)
	})
}

func TestARestoredDatabaseForgetsAgain(t *testing.T) {
	inHouse(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		roster := feed.NewRoster(s, time.Now)
		var kept []feed.Erasure
		require.NoError(t, roster.Erase(ctx, feed.Console(), leaver.ID, func(e feed.Erasure) error { kept = append(kept, e); return nil }))
		require.NoError(t, s.AddMember(ctx, leaver, "hash")) // as an older copy has it
		for _, want := range []int{1, 0} {
			known, err := s.EveryMember(ctx)
			require.NoError(t, err)
			again, err := roster.Reapply(ctx, kept, known)
			require.NoError(t, err)
			require.Equal(t, want, again)
		}
		_, err := s.Member(ctx, leaver.ID)
		require.ErrorIs(t, err, feed.ErrNotFound)
	})
}

// TestNeitherAnActNorItsLineIsKeptAlone lets the audit log fail, as a database
// may at any moment: what was done to a badge or device is undone with it.
func TestNeitherAnActNorItsLineIsKeptAlone(t *testing.T) {
	inHouse(t, func(t *testing.T, s *store.Store) {
		ctx, now := t.Context(), time.Now().UTC()
		tablet := feed.Device{ID: "tablet", Name: "Tablette", Place: "lyon/line-1", Kind: feed.StationDevice, CodeExpires: now.Add(time.Hour)}
		acts := []struct {
			action string
			do     func() error
		}{
			{"device.add", func() error { return s.AddDevice(ctx, "manager", tablet, "first") }},
			{"device.code", func() error { return s.NewDeviceCode(ctx, "manager", tablet.ID, "code", tablet.CodeExpires) }},
			{"device.pair", func() error { _, err := s.PairDevice(ctx, "manager", "code", "token", now); return err }},
			{"member.badge", func() error { return s.SetBadge(ctx, "manager", leaver.ID, "badge") }},
			{"device.revoke", func() error { return s.RevokeDevice(ctx, "manager", tablet.ID) }},
			{"member.badge", func() error { return s.SetBadge(ctx, "manager", leaver.ID, "") }},
		}
		state := func() (all []any) {
			devices, err := s.Devices(ctx)
			require.NoError(t, err)
			owner, err := s.BadgeOwner(ctx, "badge")
			require.NoError(t, err)
			head, err := s.AuditHead(ctx)
			require.NoError(t, err)
			return append(all, devices, owner, head)
		}
		for i, act := range acts {
			before := state()
			require.NoError(t, s.Tamper(ctx, `ALTER TABLE audit RENAME TO audit_away`))
			require.Error(t, act.do(), act.action)
			require.NoError(t, s.Tamper(ctx, `ALTER TABLE audit_away RENAME TO audit`))
			require.Equal(t, before, state(), "%s is not kept without its line", act.action)

			require.NoError(t, act.do())
			lines, err := s.AuditLog(ctx, feed.AuditQuery{Limit: 100})
			require.NoError(t, err)
			require.Len(t, lines, i+1, "%s has one line", act.action)
			require.Equal(t, []any{act.action, feed.MemberID("manager"), feed.Path("lyon/line-1")}, []any{lines[0].Action, lines[0].Actor, lines[0].Territory})
		}
		before := state()
		require.ErrorIs(t, s.RevokeDevice(ctx, "manager", tablet.ID), feed.ErrNotFound)
		require.ErrorIs(t, s.NewDeviceCode(ctx, "manager", tablet.ID, "code", now), feed.ErrNotFound)
		require.NoError(t, s.SetBadge(ctx, "manager", leaver.ID, ""))
		require.Equal(t, before, state(), "what changed nothing has no line")
		v, err := s.VerifyAudit(ctx, nil)
		require.NoError(t, err)
		require.Zero(t, v.Broken)
	})
}
