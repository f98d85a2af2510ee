package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// BenchmarkTell queues notifications with their letters: as many in a
// transaction as one act tells people.
func BenchmarkTell(b *testing.B) {
	for _, people := range []int{1, 50} {
		b.Run(fmt.Sprintf("sqlite, %d people", people), func(b *testing.B) {
			tell(b, "sqlite:"+filepath.Join(b.TempDir(), "feed.db"), people)
		})
		b.Run(fmt.Sprintf("postgres, %d people", people), func(b *testing.B) { tell(b, storetest.Postgres(b), people) })
	}
}

func tell(b *testing.B, u string, people int) {
	s := open(b, u)
	for i := range people {
		id := feed.MemberID(fmt.Sprint("m", i))
		require.NoError(b, s.AddMember(b.Context(), feed.Member{ID: id, Name: "Karim", Lang: feed.French}, ""))
		require.NoError(b, s.SetEmail(b.Context(), id, "karim@plant.example"))
	}
	n := 0
	for b.Loop() {
		n++
		require.NoError(b, s.InTx(b.Context(), func(tx feed.Tx) error {
			for i := range people {
				id := fmt.Sprintf("%d-%d", n, i)
				if err := tx.Tell(b.Context(), feed.Notification{
					ID: id, Member: feed.MemberID(fmt.Sprint("m", i)), Key: id, Why: feed.AskedFor, Post: "m1",
					Text: feed.Text{FR: "{asset} : trop", EN: "{asset}: too much"}, Values: feed.Values{"asset": "Presse"}, At: epoch,
				}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	b.ReportMetric(float64(people*b.N)/b.Elapsed().Seconds(), "notifications/s")
}

// BenchmarkAlarm keeps batches of the desk in which ten posts begin that nobody
// is told of, or of which one is critical and five leads are told.
func BenchmarkAlarm(b *testing.B) {
	for name, severity := range map[string]feed.Severity{"nobody told": feed.Major, "leads told": feed.Critical} {
		b.Run(name, func(b *testing.B) {
			s := open(b, "sqlite:"+filepath.Join(b.TempDir(), "feed.db"))
			for i := range 200 {
				m := feed.Member{ID: feed.MemberID(fmt.Sprint("m", i)), Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: "site-1", Role: feed.Operator}}}
				if i < 5 {
					m.Grants[0].Role = feed.Lead
				}
				require.NoError(b, s.AddMember(b.Context(), m, ""))
			}
			claim, err := s.Claim(b.Context(), []int{0})
			require.NoError(b, err)
			var seq uint64
			for b.Loop() {
				batch := feed.Batch{Stream: "one", Epoch: claim.Epoch, Positions: []feed.Position{{From: seq, To: seq + 500}}}
				for i := range 10 {
					n := feed.Notice{
						Effect: fmt.Sprint(seq, "-", i), Kind: feed.Raise, Key: fmt.Sprint("rule ", seq, "-", i), Episode: 1, Severity: feed.Major,
						At: epoch.Add(time.Duration(seq) * time.Second), PostKind: feed.Alert, Asset: "site-1/line-1/press",
					}
					if i == 0 {
						n.Severity = severity
					}
					batch.Notices = append(batch.Notices, n)
				}
				require.NoError(b, s.Commit(b.Context(), batch))
				seq += 500
			}
			b.ReportMetric(float64(500*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
