package rule

// extremes are the readings of a moving window that can still become its
// lowest, oldest first and each higher than the one before: the first is the
// lowest of all. A reading is dropped as soon as a later one is as low, so that
// a quiet signal keeps few, and a rising one at most one per slice.
type extremes []extreme

type extreme struct {
	Slice int64   `json:"t"`
	Value float64 `json:"v"`
}

// add takes in v, read in that slice of time, and drops what has left the
// window. With sign -1 the highest are kept in place of the lowest. It tells
// whether anything changed. Time that goes back, since a clock was set, begins a
// new window.
func (x *extremes) add(slice int64, v, sign float64) bool {
	list := *x
	if n := len(list); n > 0 && list[n-1].Slice > slice {
		list = nil
	}
	gone := 0
	for gone < len(list) && list[gone].Slice <= slice-rateSlices {
		gone++
	}
	list = list[gone:]
	if n := len(list); n > 0 && list[n-1].Slice == slice && sign*list[n-1].Value <= sign*v {
		*x = list
		return gone > 0
	}
	for len(list) > 0 && sign*list[len(list)-1].Value >= sign*v {
		list = list[:len(list)-1]
	}
	*x = append(list, extreme{slice, v})
	return true
}

// first is the lowest, or highest, of the window.
func (x extremes) first() float64 {
	if len(x) == 0 {
		return 0
	}
	return x[0].Value
}
