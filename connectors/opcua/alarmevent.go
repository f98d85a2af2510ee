package opcua

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// errNoCondition says that an event tells of something that has no state.
var errNoCondition = errors.New("the event tells of no condition")

// alarm turns what a server says of a condition into an event. Equal events of
// the server have equal ids, so that a refresh says nothing twice.
func (m *Mapper) alarm(it item, s said, received time.Time) (pipeline.Event, error) {
	n := it.alarms
	if s.node(conditionID) == nil {
		return pipeline.Event{}, errNoCondition
	}
	attr := s.attributes(n.namespaces)
	asset, err := n.assetOf(attr["source_name"], attr["source_node"])
	if err != nil {
		return pipeline.Event{}, fmt.Errorf("alarm %s of source %q: %w", attr["condition"], attr["source_name"], err)
	}
	active, known := s.active()
	if !known {
		return pipeline.Event{}, fmt.Errorf("alarm %s: the server tells neither ActiveState nor Retain", attr["condition"])
	}
	e := pipeline.Event{
		Source: m.source, Asset: asset, Signal: n.signal, Kind: pipeline.Condition,
		Value: pipeline.Bool(active), Quality: pipeline.Good, Received: received.UTC(), Attr: attr,
	}
	attr["node"], attr["endpoint"] = it.node, m.endpoint
	var fault string
	if e.At, fault = connectors.Instant(s.time("Time")); fault != "" {
		attr[connectors.TimeFault] = fault
	}
	if at := s.time("ReceiveTime"); !at.IsZero() {
		attr["server_time"] = at.UTC().Format(time.RFC3339Nano)
	}
	e.ID = m.alarmID(&e, s, received)
	if err := e.Validate(); err != nil {
		return pipeline.Event{}, fmt.Errorf("alarm %.200s: %w", attr["condition"], err)
	}
	return e, nil
}

// alarmID is made of the server's EventId, which is new for every change of a
// condition and the same in a refresh (Part 9 §5.5.2). The time and the state
// keep changes apart on servers that count their ids from one again.
func (m *Mapper) alarmID(e *pipeline.Event, s said, received time.Time) pipeline.EventID {
	at := s.time("Time")
	if at.IsZero() && e.Attr["event_id"] == "" {
		at = received
	}
	text := []byte("alarm\n")
	for _, part := range [...]string{
		m.server, string(e.Asset), e.Signal, e.Attr["condition"], e.Attr["branch"], e.Attr["event_id"],
		e.Attr["active"], e.Attr["acked"],
	} {
		text = strconv.AppendInt(text, int64(len(part)), 10)
		text = append(append(text, ':'), part...)
	}
	text = strconv.AppendInt(text, at.Unix(), 10)
	text = strconv.AppendInt(append(text, '.'), int64(at.Nanosecond()), 10)
	return digestID(m.source, text)
}

// over says of an alarm that it is active no more. Its id is made of that of
// the event that last said it was.
func (m *Mapper) over(a openAlarm, reason string, at, received time.Time) pipeline.Event {
	e := pipeline.Event{
		ID:     digestID(m.source, []byte("over\n"+string(a.Event))),
		Source: m.source, Asset: a.Asset, Signal: a.Signal, Kind: pipeline.Condition,
		Value: pipeline.Bool(false), Quality: pipeline.Good, Received: received.UTC(),
		Attr: map[string]string{
			"condition": a.Condition, "active": "false", "retain": "false", "reason": reason, "endpoint": m.endpoint,
		},
	}
	e.At, _ = connectors.Instant(at)
	for name, value := range map[string]string{"name": a.Name, "source_name": a.SourceName} {
		if value != "" {
			e.Attr[name] = value
		}
	}
	return e
}
