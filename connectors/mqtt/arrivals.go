package mqtt

import (
	"hash/maphash"
	"time"
)

// arrivals remembers when each unsettled packet first arrived. A message that
// the broker repeats after a lost link keeps that time, and with it the ids of
// events that have no other stamp.
type arrivals struct {
	seed    maphash.Seed
	packets map[uint16]arrival
}

type arrival struct {
	content  uint64
	received time.Time
}

func (a *arrivals) first(d delivery) time.Time {
	if d.Qos() == 0 {
		return d.received
	}
	var h maphash.Hash
	h.SetSeed(a.seed)
	_, _ = h.WriteString(d.Topic())
	_, _ = h.Write(d.Payload())
	now := arrival{h.Sum64(), d.received}
	if before, known := a.packets[d.MessageID()]; known && d.Duplicate() && before.content == now.content {
		return before.received
	}
	a.packets[d.MessageID()] = now
	return now.received
}
