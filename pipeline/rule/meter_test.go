package rule_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACounterIsReadForWhatItCanHaveMade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		readings []float64 // a second apart
		want     float64
	}{
		"it grows":                        {[]float64{100, 101, 103}, 3},
		"it was reset":                    {[]float64{5000, 5002, 0, 1}, 3},
		"it was reset, and went on":       {[]float64{5000, 5002, 3}, 5},
		"it went round":                   {[]float64{65533, 65535, 1}, 4},
		"it was corrected":                {[]float64{5000, 5002, 5001, 5002}, 3},
		"it was misread":                  {[]float64{5000, 5002, 5000000, 5003, 5004}, 3},
		"it was replaced by one far on":   {[]float64{100, 102, 900000, 900001}, 3},
		"it says nothing new":             {[]float64{100, 100, 100}, 0},
		"it is no counter when negative":  {[]float64{100, -5, 101}, 1},
		"the first reading makes nothing": {[]float64{70000}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := follow(t, byOrder)
			p.order(1, "4711")
			for i, n := range c.readings {
				p.count(float64(2+i), n)
			}
			p.order(20, "done")
			p.wait(30)
			require.InDelta(t, c.want, p.last().Run.Count, 0)
		})
	}
}
