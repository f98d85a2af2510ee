package connectors_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
)

func TestAClockOutsideOfAllBoundsTellsNoTime(t *testing.T) {
	t.Parallel()
	west := time.FixedZone("", -3600)
	for said, want := range map[time.Time]string{
		{}:              "",
		time.Unix(0, 0): "1970-01-01T00:00:00Z",
		time.Date(1970, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)): "fault 1970-01-01T00:00:00+01:00",
		time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC):                 "fault 1601-01-01T00:00:00Z",
		time.Date(9999, 12, 31, 22, 59, 59, 0, west):                "9999-12-31T23:59:59Z",
		time.Date(9999, 12, 31, 23, 59, 59, 0, west):                "fault 9999-12-31T23:59:59-01:00",
	} {
		at, fault := connectors.Instant(said)
		got := ""
		if !at.IsZero() {
			got = at.Format(time.RFC3339)
			require.Equal(t, time.UTC, at.Location())
		}
		if fault != "" {
			got += "fault " + fault
		}
		require.Equal(t, want, got)
	}
}
