package editor

import (
	"container/heap"
	"time"
)

// timer wakes one entry at a time of its choice.
type timer struct {
	due  time.Time // awake time
	slot int       // place in the agenda plus one; 0 outside
}

// agenda is a heap of entries by the time at which they want to be woken, and
// then by row, so that a restart changes no order.
type agenda []entry

// set has x woken at due, or never at the zero time.
func (a *agenda) set(x entry, due time.Time) {
	t := x.alarm()
	t.due = due
	switch {
	case due.IsZero() && t.slot > 0:
		heap.Remove(a, t.slot-1)
	case due.IsZero():
	case t.slot > 0:
		heap.Fix(a, t.slot-1)
	default:
		heap.Push(a, x)
	}
}

// next takes out the first entry that is due at awake, or returns nil.
func (a *agenda) next(awake time.Time) entry {
	if len(*a) == 0 || awake.Before((*a)[0].alarm().due) {
		return nil
	}
	return heap.Pop(a).(entry)
}

// Len is for container/heap, like all below.
func (a agenda) Len() int { return len(a) }

// Less orders by due time and row.
func (a agenda) Less(i, j int) bool {
	if x, y := a[i].alarm().due, a[j].alarm().due; !x.Equal(y) {
		return x.Before(y)
	}
	return a[i].row() < a[j].row()
}

// Swap exchanges two.
func (a agenda) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].alarm().slot, a[j].alarm().slot = i+1, j+1
}

// Push adds at the end.
func (a *agenda) Push(x any) {
	*a = append(*a, x.(entry))
	x.(entry).alarm().slot = len(*a)
}

// Pop takes from the end.
func (a *agenda) Pop() any {
	last := len(*a) - 1
	x := (*a)[last]
	(*a)[last] = nil
	*a = (*a)[:last]
	x.alarm().slot = 0
	return x
}
