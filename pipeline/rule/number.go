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

func orDefault(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}
