package pipeline_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func TestAStampIsBelievedUnlessItsClockMustBeWrong(t *testing.T) {
	t.Parallel()
	received := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		at       time.Time
		believed bool
	}{
		"none":            {time.Time{}, false},
		"a little ahead":  {received.Add(pipeline.MaxAhead), true},
		"too far ahead":   {received.Add(pipeline.MaxAhead + time.Second), false},
		"a day behind":    {received.Add(-pipeline.MaxBehind), true},
		"too far behind":  {received.Add(-pipeline.MaxBehind - time.Second), false},
		"a moment behind": {received.Add(-time.Second), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := received
			if c.believed {
				want = c.at
			}
			require.Equal(t, want, pipeline.Believed(c.at, received))
		})
	}
}
