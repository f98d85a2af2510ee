package shift_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests need zones where the system has none

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline/shift"
)

// three is a plant that never stops but on Sundays, and on two holidays.
const three = `
territory: lyon
zone: Europe/Paris
shifts:
- {name: matin, days: mon-sat, from: "05:00", to: "13:00", roles: [lead, maintenance]}
- {name: après-midi, days: mon-sat, from: "13:00", to: "21:00", roles: [lead]}
- {name: nuit, days: mon-fri, from: "21:00", to: "05:00", roles: [lead]}
exceptions:
- {date: "2026-12-25"}
- {date: "2026-12-26", shifts: [{name: garde, from: "08:00", to: "12:00", roles: [maintenance]}]}
`

// always is a plant that never stops at all.
const always = `
zone: Europe/Paris
shifts:
- {name: matin, from: "05:00", to: "13:00"}
- {name: après-midi, from: "13:00", to: "21:00"}
- {name: nuit, from: "21:00", to: "05:00"}
`

func calendar(t *testing.T, text string) *shift.Calendar {
	t.Helper()
	var c shift.Calendar
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(text), &c, yaml.Strict()))
	key, err := c.Complete()
	require.NoError(t, err, key)
	return &c
}

// clock reads an instant with its offset: "2026-03-29T05:00:00+02:00".
func clock(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return at
}

func TestAShiftWorksFromItsStartUntilBeforeItsEnd(t *testing.T) {
	t.Parallel()
	c := calendar(t, three)
	for at, want := range map[string]string{
		"2026-11-23T05:00:00+01:00":     "matin", // a Monday
		"2026-11-23T12:59:59.999+01:00": "matin",
		"2026-11-23T13:00:00+01:00":     "après-midi",
		"2026-11-23T20:59:59+01:00":     "après-midi",
		"2026-11-23T21:00:00+01:00":     "nuit",
		"2026-11-24T00:00:00+01:00":     "nuit",
		"2026-11-24T04:59:59+01:00":     "nuit",
		"2026-11-24T05:00:00+01:00":     "matin",
		"2026-11-28T04:59:59+01:00":     "nuit", // Friday's, on Saturday
		"2026-11-28T21:00:00+01:00":     "",     // Saturday
		"2026-11-29T12:00:00+01:00":     "",     // Sunday
		"2026-11-30T04:59:59+01:00":     "",
		"2026-11-23T04:00:00Z":          "matin", // whatever zone the instant is told in
	} {
		s, working := c.At(clock(t, at))
		require.Equal(t, want, s.Name, at)
		require.Equal(t, want != "", working, at)
	}
}

func TestAShiftSaysWhereItIsAndWhoIsThere(t *testing.T) {
	t.Parallel()
	s, _ := calendar(t, three).At(clock(t, "2026-11-23T06:00:00+01:00"))
	require.Equal(t, "lyon", s.Territory)
	require.True(t, s.Has("maintenance"))
	require.False(t, s.Has("quality"))
	require.Equal(t, "2026-11-23T04:00:00Z/matin", s.ID())
}

func TestAnExceptionReplacesTheShiftsThatBeginOnItsDay(t *testing.T) {
	t.Parallel()
	c := calendar(t, three)
	for at, want := range map[string]string{
		"2026-12-25T04:59:59+01:00": "nuit", // it began on the 24th
		"2026-12-25T05:00:00+01:00": "",
		"2026-12-25T23:00:00+01:00": "",
		"2026-12-26T07:59:59+01:00": "",
		"2026-12-26T08:00:00+01:00": "garde",
		"2026-12-26T12:00:00+01:00": "",
	} {
		s, _ := c.At(clock(t, at))
		require.Equal(t, want, s.Name, at)
	}
	next, ok := c.After(clock(t, "2026-12-24T22:00:00+01:00"))
	require.True(t, ok)
	require.Equal(t, "garde", next.Name)
	require.Equal(t, clock(t, "2026-12-26T08:00:00+01:00").UTC(), next.Start)
	next, ok = c.After(next.Start)
	require.True(t, ok)
	require.Equal(t, clock(t, "2026-12-28T05:00:00+01:00").UTC(), next.Start)
}

func TestWhereTwoShiftsOverlapTheOneThatBeganLastWorks(t *testing.T) {
	t.Parallel()
	c := calendar(t, `
zone: Europe/Paris
shifts:
- {name: long, from: "06:00", to: "18:00"}
- {name: renfort, days: "wed,fri", from: "10:00", to: "14:00"}
`)
	for at, want := range map[string]string{
		"2026-11-25T09:59:00+01:00": "long", // a Wednesday
		"2026-11-25T10:00:00+01:00": "renfort",
		"2026-11-25T13:59:00+01:00": "renfort",
		"2026-11-25T14:00:00+01:00": "long",
		"2026-11-26T10:00:00+01:00": "long",
	} {
		s, _ := c.At(clock(t, at))
		require.Equal(t, want, s.Name, at)
	}
}

func TestTheNightOfAChangeOfTimeIsAnHourShorterOrLonger(t *testing.T) {
	t.Parallel()
	c := calendar(t, always)
	for night, hours := range map[string]time.Duration{
		"2026-03-28T22:00:00+01:00": 7,
		"2026-10-24T22:00:00+02:00": 9,
		"2026-06-01T22:00:00+02:00": 8,
	} {
		s, working := c.At(clock(t, night))
		require.True(t, working)
		require.Equal(t, "nuit", s.Name)
		require.Equal(t, hours*time.Hour, s.End.Sub(s.Start), night)
		next, ok := c.After(s.Start)
		require.True(t, ok)
		require.Equal(t, s.End, next.Start, night)
		require.Equal(t, "matin", next.Name)
	}
}

func TestAnHourThatIsSkippedIsAnHourLaterAndOneThatComesTwiceIsTheFirst(t *testing.T) {
	t.Parallel()
	c := calendar(t, `
zone: Europe/Paris
shifts:
- {name: early, from: "22:30", to: "02:30"}
- {name: late, from: "02:30", to: "10:30"}
`)
	spring, _ := c.At(clock(t, "2026-03-29T01:30:00+01:00"))
	require.Equal(t, "early", spring.Name)
	require.Equal(t, clock(t, "2026-03-29T03:30:00+02:00").UTC(), spring.End)
	first, _ := c.At(clock(t, "2026-10-25T02:29:00+02:00"))
	require.Equal(t, "early", first.Name)
	second, _ := c.At(clock(t, "2026-10-25T02:29:00+01:00"))
	require.Equal(t, "late", second.Name)
	require.Equal(t, first.End, second.Start)
	require.Equal(t, 9*time.Hour, second.End.Sub(second.Start))
}

func TestADayWhoseMidnightIsSkippedHasItsShifts(t *testing.T) {
	t.Parallel()
	c := calendar(t, `
zone: Africa/Cairo
shifts: [{name: nuit, from: "00:30", to: "08:00"}, {name: jour, from: "08:00", to: "00:30"}]
`)
	s, working := c.At(clock(t, "2026-04-24T05:00:00+03:00")) // 00:00 became 01:00
	require.True(t, working)
	require.Equal(t, "nuit", s.Name)
	require.Equal(t, clock(t, "2026-04-24T01:30:00+03:00").UTC(), s.Start)
	before, working := c.At(s.Start.Add(-time.Second))
	require.True(t, working)
	require.Equal(t, s.Start, before.End)
}

func TestNoShiftComesAfterTheLastWithinTenDays(t *testing.T) {
	t.Parallel()
	c := calendar(t, `
zone: Europe/Paris
shifts: [{name: mardi, days: tue, from: "08:00", to: "12:00"}]
exceptions: [{date: "2026-12-01"}, {date: "2026-12-08"}]
`)
	_, ok := c.After(clock(t, "2026-11-24T09:00:00+01:00"))
	require.False(t, ok)
	next, ok := c.After(clock(t, "2026-12-08T09:00:00+01:00"))
	require.True(t, ok)
	require.Equal(t, clock(t, "2026-12-15T08:00:00+01:00").UTC(), next.Start)
}

func TestACalendarThatCannotBeReadIsRefusedByItsKey(t *testing.T) {
	t.Parallel()
	day := []shift.Pattern{{Name: "jour", From: "08:00", To: "16:00"}}
	for want, c := range map[string]shift.Calendar{
		"zone: name the time zone":                {Shifts: day},
		`zone: "Paris" is no time zone`:           {Zone: "Paris", Shifts: day},
		"shifts: list the shifts":                 {Zone: "Europe/Paris"},
		"shifts: give each shift a name":          {Zone: "Europe/Paris", Shifts: []shift.Pattern{{From: "08:00", To: "16:00"}}},
		`shifts: "8h" is no hour`:                 {Zone: "Europe/Paris", Shifts: []shift.Pattern{{Name: "jour", From: "8h", To: "16:00"}}},
		`shifts: "24:00" is no hour`:              {Zone: "Europe/Paris", Shifts: []shift.Pattern{{Name: "jour", From: "08:00", To: "24:00"}}},
		`shifts: "lundi" is no day of the week`:   {Zone: "Europe/Paris", Shifts: []shift.Pattern{{Name: "jour", Days: "lundi", From: "08:00", To: "16:00"}}},
		`exceptions: "25/12/2026" is no date`:     {Zone: "Europe/Paris", Shifts: day, Exceptions: []shift.Exception{{Date: "25/12/2026"}}},
		"exceptions: give each shift a name":      {Zone: "Europe/Paris", Shifts: day, Exceptions: []shift.Exception{{Date: "2026-12-25", Shifts: []shift.Pattern{{}}}}},
		`exceptions: "2026-12-25" is there twice`: {Zone: "Europe/Paris", Shifts: day, Exceptions: []shift.Exception{{Date: "2026-12-25"}, {Date: "2026-12-25"}}},
	} {
		key, err := c.Complete()
		require.Error(t, err, want)
		require.Contains(t, key+": "+err.Error(), want)
	}
}

func TestAWeekMayBeWrittenAsARangeOverItsEnd(t *testing.T) {
	t.Parallel()
	c := calendar(t, `{zone: UTC, shifts: [{name: garde, days: "sat-mon, wed", from: "08:00", to: "09:00"}]}`)
	var days []time.Weekday
	at := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	for range 7 {
		if _, working := c.At(at); working {
			days = append(days, at.Weekday())
		}
		at = at.AddDate(0, 0, 1)
	}
	require.Equal(t, []time.Weekday{time.Monday, time.Wednesday, time.Saturday, time.Sunday}, days)
}

// zones have changes at night, at midnight, of half an hour, and none.
func zones() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"})
}

// Of shifts that follow each other around the clock, exactly one works at any
// time, whatever the clocks of the place do.
func TestShiftsAroundTheClockLeaveNoGapAndDoNotOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hour := func(h int) string { return time.Date(2026, 1, 1, h%24, 0, 0, 0, time.UTC).Format("15:04") }
		first := rapid.IntRange(0, 23).Draw(t, "first")
		c := shift.Calendar{Zone: zones().Draw(t, "zone"), Shifts: []shift.Pattern{
			{Name: "a", From: hour(first), To: hour(first + 8)},
			{Name: "b", From: hour(first + 8), To: hour(first + 16)},
			{Name: "c", From: hour(first + 16), To: hour(first)},
		}}
		_, err := c.Complete()
		require.NoError(t, err)
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minute")) * time.Minute)
		s, working := c.At(at)
		require.True(t, working, at)
		for range 9 {
			next, ok := c.After(s.Start)
			require.True(t, ok)
			require.Equal(t, s.End, next.Start, "after %s", s.ID())
			now, working := c.At(next.Start)
			require.True(t, working)
			require.Equal(t, next, now)
			s = next
		}
	})
}

func TestAtAndAfterKeepTheirWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.SampledFrom([]string{"00:00", "00:30", "02:00", "02:30", "03:00", "05:00", "13:00", "21:00", "23:30"})
		days := rapid.SampledFrom([]string{"", "mon-fri", "sat,sun", "fri-mon", "wed"})
		c := shift.Calendar{Zone: zones().Draw(t, "zone")}
		for _, name := range []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(t, "shifts")] {
			c.Shifts = append(c.Shifts, shift.Pattern{Name: name, Days: days.Draw(t, "days"), From: hours.Draw(t, "from"), To: hours.Draw(t, "to")})
		}
		_, err := c.Complete()
		require.NoError(t, err)
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minute")) * time.Minute)
		if s, working := c.At(at); working {
			require.False(t, s.Start.After(at), "At is not before its start")
			require.True(t, at.Before(s.End), "At is before its end")
		}
		next, ok := c.After(at)
		require.True(t, ok, "each pattern comes back within a week")
		require.True(t, next.Start.After(at), "After is strictly later")
		begun, working := c.At(next.Start)
		require.True(t, working)
		require.Equal(t, next, begun)
		// Nothing begins between: what works just before next began by at.
		if s, working := c.At(next.Start.Add(-time.Nanosecond)); working {
			require.False(t, s.Start.After(at))
		}
	})
}
