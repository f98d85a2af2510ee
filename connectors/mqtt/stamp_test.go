package mqtt_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func TestTimesAreReadByMagnitudeOrAsRFC3339(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 11, 21, 10, 0, 0, 0, time.UTC)
	for stamp, want := range map[string]time.Time{
		`1763719200`:                  at,
		`1763719200.25`:               at.Add(250 * time.Millisecond),
		`1763719200123`:               at.Add(123 * time.Millisecond),
		`1763719200123456`:            at.Add(123456 * time.Microsecond),
		`1763719200123456789`:         at.Add(123456789),
		`"1763719200123"`:             at.Add(123 * time.Millisecond),
		`"2025-11-21T11:00:00+01:00"`: at,
		`"2025-11-21T10:00:00.5Z"`:    at.Add(500 * time.Millisecond),
		`0`:                           time.Unix(0, 0).UTC(),
	} {
		events, err := mapper(t, telemetry()).Events(topic, []byte(`{"a":1,"ts":`+stamp+`}`), received())
		require.NoError(t, err, stamp)
		require.Equal(t, want, events[0].At, stamp)
	}
}

func TestATimeOutOfAllBoundsIsNoneAndIsKeptAsText(t *testing.T) {
	t.Parallel()
	for stamp, want := range map[string]string{
		`-5`:                          "-5",
		`9e99`:                        "9e99",
		`7258118400000000000`:         "7258118400000000000",
		`"1601-01-01T00:00:00Z"`:      "1601-01-01T00:00:00Z",
		`"9999-12-31T23:30:00-01:00"`: "9999-12-31T23:30:00-01:00",
		`0.` + strings.Repeat("0", 100) + `1e200`: "0." + strings.Repeat("0", 62),
	} {
		events, err := mapper(t, telemetry()).Events(topic, []byte(`{"a":1,"ts":`+stamp+`}`), received())
		require.NoError(t, err, stamp)
		require.True(t, events[0].At.IsZero(), stamp)
		require.Equal(t, want, events[0].Attr["time_fault"])
		require.Equal(t, pipeline.Number(1), events[0].Value, "the value is as good as any")
		require.NoError(t, events[0].Validate())
	}
}

func TestIdsTellMessagesApartAndRecogniseTheSame(t *testing.T) {
	t.Parallel()
	s := telemetry()
	s.ID, s.Seq = "id", "seq"
	m := mapper(t, s)
	id := func(topic, payload string, at time.Time) pipeline.EventID {
		events, err := m.Events(topic, []byte(payload), at)
		require.NoError(t, err)
		require.LessOrEqual(t, len(events[0].ID), pipeline.MaxIDBytes)
		return events[0].ID
	}
	later := received().Add(time.Hour)
	for _, stamped := range []string{`{"v":1,"ts":1763719200}`, `{"v":1,"seq":7}`, `{"v":1,"id":"x"}`, `{"v":1,"id":9007199254740993}`} {
		require.Equal(t, id(topic, stamped, received()), id(topic, stamped, later), "stamped: the same whenever it is received")
	}
	require.NotEqual(t, id(topic, `{"v":1}`, received()), id(topic, `{"v":1}`, later), "unstamped: at least once")
	again := id(topic, `{"v":1}`, received())
	require.Equal(t, again, id(topic, `{"v":1}`, received()))

	seen := map[pipeline.EventID]string{}
	for _, c := range [][2]string{
		{topic, `{"v":1,"ts":1763719200}`},
		{topic, `{"v":2,"ts":1763719200}`},
		{topic, `{"w":1,"ts":1763719200}`},
		{topic, `{"v":1,"seq":1}`},
		{topic, `{"v":1,"seq":2}`},
		{topic, `{"v":1,"seq":1,"ts":1763719200}`},
		{topic, `{"v":1,"id":"x"}`},
		{topic, `{"v":1,"id":"y"}`},
		{"plant/a:b/c/telemetry", `{"v":1,"id":"x"}`},
		{"plant/a/b:c/telemetry", `{"v":1,"id":"x"}`},
		{topic, `{"a:b":1,"id":"c"}`},
		{topic, `{"a":1,"id":"b:c"}`},
		{topic, `{"` + strings.Repeat("k", 250) + `":1,"id":"x"}`},
		{topic, `{"` + strings.Repeat("k", 251) + `":1,"id":"x"}`},
	} {
		got := id(c[0], c[1], received())
		require.NotContains(t, seen, got, "%s is taken for %s", c, seen[got])
		seen[got] = c[1]
	}
}
