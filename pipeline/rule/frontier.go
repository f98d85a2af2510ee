package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// maxAbreast is how many events of one and the same stamp are told apart.
const maxAbreast = 64

// frontier is how far a source was heard, for kinds that add up what its events
// say: one that is told again, or late, must add nothing. It is small, and
// strict: late events are lost to it.
type frontier struct {
	At  time.Time `json:"at,omitzero"`
	IDs []byte    `json:"ids,omitempty"` // receipts of the events that bear that stamp
}

// pass tells whether the event is a new one, and notes it. One from long before
// means that the source's clock was set back.
func (f *frontier) pass(id pipeline.EventID, at time.Time) bool {
	sum := receipt(id)
	switch behind := f.At.Sub(at); {
	case behind < 0 || behind >= clockSlack:
		*f = frontier{At: at, IDs: sum}
		return true
	case behind > 0 || holdsReceipt(f.IDs, sum) || len(f.IDs) >= maxAbreast*receiptBytes:
		return false
	}
	f.IDs = append(f.IDs, sum...)
	return true
}
