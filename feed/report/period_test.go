package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func paris(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	return zone
}

func TestAWeekIsTheWeekOfThePlaceWhateverItsClocksDo(t *testing.T) {
	t.Parallel()
	zone := paris(t)
	autumn := feed.PeriodOf(feed.Week, time.Date(2026, 10, 22, 12, 0, 0, 0, zone), zone)
	require.Equal(t, "2026-W43", autumn.ID)
	require.Equal(t, 7*24*time.Hour+time.Hour, autumn.To.Sub(autumn.From), "an hour comes twice")
	require.Equal(t, "2026-W44", autumn.After(zone).ID)
	require.Equal(t, autumn, autumn.After(zone).Before(zone))
	spring := feed.PeriodOf(feed.Month, time.Date(2026, 3, 31, 23, 30, 0, 0, zone), zone)
	require.Equal(t, "2026-03", spring.ID)
	require.Equal(t, 31*24*time.Hour-time.Hour, spring.To.Sub(spring.From))
	require.Equal(t, "2026-W53", feed.PeriodOf(feed.Week, time.Date(2027, 1, 1, 12, 0, 0, 0, zone), zone).ID, "the year of a week is that of its Thursday")
}

func TestAPeriodIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	zone, now := paris(t), time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for id, want := range map[string]string{"": "2026-W46", "week": "2026-W46", "month": "2026-10", "2026-W01": "2026-W01", "2026-W53": "", "2025-W53": "", "2026-11": "2026-11", "2026-12": "", "2026-W60": "", "yesterday": "", "2026-W4": ""} {
		p, err := feed.ParsePeriod(id, now, zone)
		if want == "" {
			require.Equal(t, feed.Invalid, feed.ProblemOf(err), id)
			continue
		}
		require.NoError(t, err, id)
		require.Equal(t, want, p.ID)
	}
}
