package rule

import (
	"math"

	"github.com/fildefer/fildefer/pipeline"
)

// greatest is the greatest number that is taken for a reading. What is summed,
// or squared, in a memory must stay finite: an overflow has no JSON form.
const greatest = 1e120

// numberOf is the number that ev reads, unless it is of bad quality or no
// reading at all.
func numberOf(ev *pipeline.Event) (float64, bool) {
	v, ok := ev.Value.Number()
	return v, ok && ev.Usable() && math.Abs(v) <= greatest
}

// direction is which way a value is off, for titles in any language.
func direction(by float64) string {
	if by < 0 {
		return "↓"
	}
	return "↑"
}

// orDefault is *v, or the default when v was left out; of a setting that may be 0.
func orDefault(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}

// orElse is v, or the default when v was left out; of a setting that is never 0.
func orElse(v, otherwise float64) float64 {
	if v == 0 {
		return otherwise
	}
	return v
}

// orInf is *v, or infinity of that sign: a limit that is not there.
func orInf(v *float64, sign int) float64 {
	if v == nil {
		return math.Inf(sign)
	}
	return *v
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func sum(list []float64) float64 {
	total := 0.
	for _, v := range list {
		total += v
	}
	return total
}
