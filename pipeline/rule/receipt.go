package rule

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	receiptBytes = 4
	maxReceipts  = 1024 // of one article in a window; beyond, the oldest are forgotten
)

// receipts are hashes of the sales, or pieces, that were counted, by slice, so that a
// ledger that is read again sells nothing. They are kept for one slice longer
// than the window, when every sale that is told again is late.
type receipts [moverSlices + 1][]byte

// receipt is a hash of the id of an event, short: of some hundreds, two are alike
// once in many thousand lists.
func receipt(id pipeline.EventID) []byte {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	sum := h.Sum64()
	return binary.BigEndian.AppendUint32(nil, uint32(sum^sum>>32))
}

// holdsReceipt tells whether list, of receipts in a row, has that one.
func holdsReceipt(list, sum []byte) bool {
	for known := range slices.Chunk(list, receiptBytes) {
		if bytes.Equal(known, sum) {
			return true
		}
	}
	return false
}

func (r *receipts) has(id pipeline.EventID) bool {
	sum := receipt(id)
	return slices.ContainsFunc(r[:], func(list []byte) bool { return holdsReceipt(list, sum) })
}

// add notes a sale in the current slice.
func (r *receipts) add(slice int64, id pipeline.EventID) {
	total := 0
	for _, list := range r {
		total += len(list)
	}
	if total >= maxReceipts*receiptBytes {
		r.forgetOne(slice)
	}
	list := r.at(slice)
	*list = append(*list, receipt(id)...)
}

// forgetOne forgets the oldest, which is in the first slice after the current
// one that has any.
func (r *receipts) forgetOne(slice int64) {
	for i := range int64(len(r)) {
		if list := r.at(slice + 1 + i); len(*list) > 0 {
			*list = (*list)[receiptBytes:]
			return
		}
	}
}

// turn empties the slice that begins.
func (r *receipts) turn(slice int64) { *r.at(slice) = nil }

func (r *receipts) at(slice int64) *[]byte { return &r[uint64(slice)%uint64(len(r))] }
