package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// hours is a calendar of three shifts that begin at 5, 13 and 21 UTC.
func hours(_ feed.Path, at time.Time) (feed.Sheet, bool) {
	day := at.UTC().Truncate(24 * time.Hour).Add(-3 * time.Hour)
	for _, name := range []string{"nuit", "matin", "après-midi", "nuit"} {
		if at.Before(day.Add(8 * time.Hour)) {
			return feed.Sheet{Shift: name, Start: day, End: day.Add(8 * time.Hour)}, true
		}
		day = day.Add(8 * time.Hour)
	}
	return feed.Sheet{}, false
}

func TestEveryShiftOfTheDayIsOfferedTheRunningOneFirst(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Shifts = hours })
	running, _ := hours("", time.Now())
	var out struct{ Shifts []string }
	h.ask(t, "operator", http.MethodGet, "/api/v1/shifts?territory="+string(line3), nil).is(http.StatusOK).into(&out)
	require.Equal(t, running.Shift, out.Shifts[0])
	require.ElementsMatch(t, []string{"matin", "après-midi", "nuit"}, out.Shifts)
}
