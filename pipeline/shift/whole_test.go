package shift_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/shift"
)

func TestShiftsThatLieBetweenTwoInstantsAreCountedWhole(t *testing.T) {
	t.Parallel()
	c := &shift.Calendar{Zone: "Europe/Paris", Shifts: []shift.Pattern{
		{Name: "matin", Days: "mon-fri", From: "05:00", To: "13:00"},
		{Name: "nuit", Days: "mon-fri", From: "21:00", To: "05:00"},
	}, Exceptions: []shift.Exception{{Date: "2026-11-11"}}}
	_, err := c.Complete()
	require.NoError(t, err)
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	on := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, paris) }
	require.Equal(t, 2, c.Whole(on(9, 5), on(10, 5), 9), "from its first instant to its last")
	require.Equal(t, 0, c.Whole(on(9, 6), on(10, 4), 9), "one was under way, one still is")
	require.Equal(t, 1, c.Whole(on(9, 6), on(10, 5), 9))
	require.Equal(t, 0, c.Whole(on(11, 0), on(12, 4), 9), "nobody works on a holiday, but for those who began before")
	require.Equal(t, 0, c.Whole(on(14, 6), on(16, 4), 9), "nor at the weekend")
	require.Equal(t, 2, c.Whole(on(9, 5), on(30, 5), 2), "no more than were asked for")
	require.Equal(t, 0, c.Whole(on(10, 5), on(9, 5), 9))
	require.Equal(t, 2, c.Whole(on(1, 0).AddDate(-10, 0, 0), on(1, 0), 2))
}
