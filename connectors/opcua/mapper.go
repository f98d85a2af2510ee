package opcua

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Mapper turns values of configured nodes into events. It is pure and does no
// I/O, so that history can be run through the very code that runs live. It is
// safe for concurrent use.
type Mapper struct {
	source   string
	endpoint string
	server   string
	items    map[string]item
}

// item is what is known of one monitored variable, or of a notifier of alarms.
type item struct {
	node   string // node id with its namespace's URI
	path   string // browse path, when it was found by one
	asset  pipeline.AssetPath
	signal string
	unit   string
	kind   pipeline.Kind
	alarms *notifier // nil for a variable
}

// NewMapper returns the mapper of the nodes that cfg lists. source is the
// connector's name, server the application URI of the OPC UA server, which
// becomes a part of every event's id.
func NewMapper(source string, cfg Config, server string) (*Mapper, error) {
	m := &Mapper{source: source, endpoint: cfg.Endpoint, server: server, items: make(map[string]item, len(cfg.Nodes))}
	for i, n := range cfg.Nodes {
		it, err := n.item()
		if err != nil {
			return nil, fmt.Errorf("nodes[%d]: %w", i, err)
		}
		m.items[n.ID] = it
	}
	return m, nil
}

func (n *Node) item() (item, error) {
	asset, err := pipeline.ParseAssetPath(n.Asset)
	return item{node: n.ID, asset: asset, signal: n.Signal, unit: n.Unit, kind: kindOr(n.Kind)}, err
}

// Events returns what dv says of the node that is configured under the id
// nodeKey, spelled as in the configuration: one event, one per element of an
// array, and a gap event when the server says that its queue overflowed.
func (m *Mapper) Events(nodeKey string, dv *ua.DataValue, received time.Time) ([]pipeline.Event, error) {
	it, ok := m.items[nodeKey]
	if !ok {
		return nil, fmt.Errorf("node %s is not configured", nodeKey)
	}
	return m.events(it, dv, received)
}

func (m *Mapper) events(it item, dv *ua.DataValue, received time.Time) ([]pipeline.Event, error) {
	if dv == nil {
		return nil, fmt.Errorf("node %s: no value at all", it.node)
	}
	list, err := readings(dv.Value)
	if err != nil {
		return nil, fmt.Errorf("node %s: %w", it.node, err)
	}
	base := m.base(it, dv, received)
	events := make([]pipeline.Event, 0, len(list)+1)
	if overflowed(dv.Status) {
		gap := base
		gap.ID, gap.Kind, gap.Unit = m.id(it, dv, received, "gap"), pipeline.Gap, ""
		gap.Attr = maps.Clone(base.Attr)
		gap.Attr["reason"] = "the server's queue for this node overflowed: values before this one are lost"
		events = append(events, gap)
	}
	for _, r := range list {
		e := base
		e.Signal += r.suffix
		e.Value = r.value
		e.ID = m.id(it, dv, received, r.suffix+"="+r.value.String())
		events = append(events, e)
	}
	for i := range events {
		if err := events[i].Validate(); err != nil {
			return nil, fmt.Errorf("node %s: %w", it.node, err)
		}
	}
	return events, nil
}

// base is what all events of one value have in common.
func (m *Mapper) base(it item, dv *ua.DataValue, received time.Time) pipeline.Event {
	e := pipeline.Event{
		Source: m.source, Asset: it.asset, Signal: it.signal, Kind: it.kind, Unit: it.unit,
		Quality: quality(dv.Status), Received: received.UTC(),
		Attr: map[string]string{"node": it.node, "endpoint": m.endpoint},
	}
	if dv.Status != ua.StatusOK {
		e.Status = statusText(dv.Status)
	}
	if it.path != "" {
		e.Attr["path"] = it.path
	}
	if dv.Has(ua.DataValueSourceTimestamp) {
		var fault string
		if e.At, fault = connectors.Instant(dv.SourceTimestamp); fault != "" {
			e.Attr[connectors.TimeFault] = fault
		}
	}
	if dv.Has(ua.DataValueServerTimestamp) && !dv.ServerTimestamp.IsZero() {
		e.Attr["server_time"] = dv.ServerTimestamp.UTC().Format(time.RFC3339Nano)
	}
	return e
}

// gaps says of each asset that what happened between two times may be lost.
func (m *Mapper) gaps(assets []pipeline.AssetPath, reason string, from, to time.Time) []pipeline.Event {
	since := from.UTC().Format(time.RFC3339Nano)
	gaps := make([]pipeline.Event, 0, len(assets))
	for _, asset := range assets {
		gap := pipeline.Event{
			ID:     digestID(m.source, []byte("gap\n"+m.server+"\n"+string(asset)+"\n"+reason+"\n"+since)),
			Source: m.source, Asset: asset, Kind: pipeline.Gap, Received: to.UTC(),
			Attr: map[string]string{
				"endpoint": m.endpoint, "reason": reason, "from": since, "to": to.UTC().Format(time.RFC3339Nano),
			},
		}
		gap.At, _ = connectors.Instant(from)
		gaps = append(gaps, gap)
	}
	return gaps
}

// id is the same for the same change whenever it is read. The asset and signal
// keep two configurations of a node apart; the value keeps two changes apart
// that a coarse clock stamped alike.
func (m *Mapper) id(it item, dv *ua.DataValue, received time.Time, what string) pipeline.EventID {
	at := received
	switch {
	case dv.Has(ua.DataValueSourceTimestamp):
		at = dv.SourceTimestamp
	case dv.Has(ua.DataValueServerTimestamp):
		at = dv.ServerTimestamp
	}
	text := make([]byte, 0, 256)
	for _, part := range [...]string{m.server, it.node, string(it.asset), it.signal, what} {
		text = strconv.AppendInt(text, int64(len(part)), 10)
		text = append(append(text, ':'), part...)
	}
	text = strconv.AppendInt(text, at.Unix(), 10)
	text = strconv.AppendInt(append(text, '.'), int64(at.Nanosecond()), 10)
	text = strconv.AppendUint(append(text, ':'), uint64(dv.Status), 16)
	return digestID(m.source, text)
}

// digestID is bounded, however long node ids and names are.
func digestID(source string, text []byte) pipeline.EventID {
	sum := sha256.Sum256(text)
	return pipeline.EventID(source + ":" + hex.EncodeToString(sum[:16]))
}

// quality reads the severity, the two top bits of a status code. Good has many
// codes besides zero.
func quality(s ua.StatusCode) pipeline.Quality {
	switch uint32(s) >> 30 {
	case 0:
		return pipeline.Good
	case 1:
		return pipeline.Uncertain
	default:
		return pipeline.Bad
	}
}

// overflowed reads the info bits of a status code: type "data value" (0x400)
// and overflow (0x80).
func overflowed(s ua.StatusCode) bool { return uint32(s)&0x480 == 0x480 }
