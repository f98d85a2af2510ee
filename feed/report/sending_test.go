package report_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

var boss = feed.Member{ID: "boss", Name: "Sofia", Lang: feed.French, Grants: []feed.Grant{{Territory: "s1", Role: feed.Manager}}}

func TestAReportIsSentOnceAndNeverChanges(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, db *sql.DB, _ dialect) {
		ctx := t.Context()
		now := yearBegins.Add(30*week + 5*time.Hour) // Monday, five o'clock
		svc := report.NewService(s, inUTC, func() time.Time { return now })
		require.NoError(t, s.AddMember(ctx, boss, "-"))
		require.NoError(t, svc.Subscribe(ctx, boss, "s1", feed.Week, true))
		require.Equal(t, feed.NotFound, feed.ProblemOf(svc.Subscribe(ctx, boss, "s2", feed.Week, true)))
		told := func() (n int) {
			require.NoError(t, db.QueryRowContext(ctx, `SELECT COUNT(*) FROM notifications WHERE member = 'boss' AND why = 'report'`).Scan(&n))
			return n
		}
		require.NoError(t, svc.Send(ctx)) // what was due the week before
		require.Equal(t, 1, told())
		before, err := svc.Balance(ctx, "s1", "week")
		require.NoError(t, err)
		require.False(t, before.Kept, "at five it is not sent yet")

		now = now.Add(time.Hour)
		require.NoError(t, svc.Send(ctx))
		require.NoError(t, svc.Send(ctx))
		require.Equal(t, 2, told())
		sent, err := svc.Balance(ctx, "s1", "week")
		require.NoError(t, err)
		require.True(t, sent.Kept)
		require.Equal(t, before.Now, sent.Now)

		require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
			at := sent.Period.From.Add(time.Hour)
			return tx.Save(ctx, &feed.Post{ID: "late", Kind: feed.Alert, Topic: feed.Stop, Severity: feed.Major, State: feed.New, Territory: "s1", OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: at, Values: feed.Values{}})
		}))
		again, err := svc.Balance(ctx, "s1", "week")
		require.NoError(t, err)
		require.Equal(t, sent, again, "what was sent stays what it was")

		html, text, files, err := svc.Report(ctx, report.Page("s1", sent.Period.ID), feed.French)
		require.NoError(t, err)
		require.Contains(t, html, "Alertes")
		require.Contains(t, text, sent.Period.ID)
		require.Len(t, files, 1)
	})
}

func TestAMonthOfPeopleIsCountedOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, _ *sql.DB, _ dialect) {
		ctx := t.Context()
		svc := report.NewService(s, inUTC, func() time.Time { return yearBegins.Add(30 * week) })
		before, err := svc.Balance(ctx, "s1", "month")
		require.NoError(t, err)
		require.Positive(t, before.Life.People)
		require.NotNil(t, before.Life.Answered)
		// A line moves away, and with it half of what was done there.
		require.NoError(t, s.SetTerritories(ctx, []feed.Territory{{Path: "s9", Name: "s9", Kind: feed.Site}}))
		require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
			p, err := tx.Post(ctx, "p002300")
			if err != nil {
				return err
			}
			p.Territory = "s9"
			return tx.Save(ctx, p)
		}))
		after, err := svc.Balance(ctx, "s1", "month")
		require.NoError(t, err)
		require.Equal(t, before.Life, after.Life)
	})
}
