package live

import (
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// toll is one round of the bell: whose notifications changed, and the next
// round once there is one.
type toll struct {
	members []feed.MemberID
	next    *toll
	rung    chan struct{} // closed when next is there
}

func newToll(members []feed.MemberID) *toll {
	return &toll{members: members, rung: make(chan struct{})}
}

// Toll tells the open streams of these members, with an event "told", that their
// notifications changed. Readers of other nodes learn it when they ask. It never
// waits for a reader.
func (h *Hub) Toll(members []feed.MemberID) {
	h.bell.Lock()
	defer h.bell.Unlock()
	last := h.toll.Load()
	last.next = newToll(members)
	h.toll.Store(last.next)
	close(last.rung)
}

// heed tells the reader once of all rounds that were for them.
func (rd *reader) heed() {
	mine := false
	for rung := true; rung; {
		select {
		case <-rd.toll.rung:
			rd.toll = rd.toll.next
			mine = mine || slices.Contains(rd.toll.members, rd.scope.Reader)
		default:
			rung = false
		}
	}
	if mine {
		rd.say("event: told\ndata: {}\n\n")
	}
}
