package opcua

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/pipeline"
)

// target is a variable or a notifier of this server to be monitored.
type target struct {
	item
	id         *ua.NodeID
	monitoring Monitoring
	handle     uint32 // ours, by which changes name it; 0 until it was asked for
}

// absence is why something that is configured is not delivered.
type absence struct {
	what string // node id or browse path, as configured
	err  error
}

// target finds a configured node among the server's namespaces.
func (n *Node) target(l *link, defaults Monitoring) (target, error) {
	ref, err := parseNodeRef(n.ID)
	if err != nil {
		return target{}, err
	}
	nodeID, err := ref.resolve(l.namespaces)
	if err != nil {
		return target{}, err
	}
	it, err := n.item()
	it.node = stableID(nodeID, l.namespaces)
	return target{item: it, id: nodeID, monitoring: n.Monitoring.or(defaults)}, err
}

// targets browses for the variables that b asks for. Finding none is an error.
func (b *Browse) targets(ctx context.Context, l *link, defaults Monitoring) ([]target, error) {
	path, err := parseBrowsePath(b.Path)
	if err != nil {
		return nil, err
	}
	matches, err := l.find(ctx, path)
	if err != nil {
		return nil, err
	}
	if len(matches) == 0 {
		return nil, errNothingFound
	}
	targets := make([]target, 0, len(matches))
	for _, m := range matches {
		asset, err := pipeline.ParseAssetPath(tidy(expand(b.Asset, m.captures, m.name)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.path, err)
		}
		targets = append(targets, target{
			id: m.id, monitoring: b.Monitoring.or(defaults),
			item: item{
				node: stableID(m.id, l.namespaces), path: m.path, asset: asset,
				signal: expand(cmp.Or(b.Signal, ownName), m.captures, m.name), unit: b.Unit, kind: kindOr(b.Kind),
			},
		})
	}
	return targets, nil
}

var errNothingFound = errors.New("no variable of the server matches")

// tidy drops the empty segments that a ** which matched no level leaves.
func tidy(path string) string {
	return strings.Join(strings.FieldsFunc(path, func(r rune) bool { return r == '/' }), "/")
}

// request asks the server to monitor t.
func (t *target) request() *ua.MonitoredItemCreateRequest {
	if t.alarms != nil {
		return t.listen()
	}
	parameters := &ua.MonitoringParameters{
		ClientHandle: t.handle, QueueSize: t.monitoring.Queue, DiscardOldest: true,
		SamplingInterval: float64(*t.monitoring.Sampling) / float64(time.Millisecond),
	}
	// Some controllers refuse any filter, so there is none without a deadband.
	if d := t.monitoring.Deadband; d != nil && d.Absolute+d.Percent > 0 {
		filter := &ua.DataChangeFilter{Trigger: ua.DataChangeTriggerStatusValue}
		filter.DeadbandType, filter.DeadbandValue = uint32(ua.DeadbandTypeAbsolute), d.Absolute
		if d.Percent > 0 {
			filter.DeadbandType, filter.DeadbandValue = uint32(ua.DeadbandTypePercent), d.Percent
		}
		parameters.Filter = ua.NewExtensionObject(filter)
	}
	return &ua.MonitoredItemCreateRequest{
		ItemToMonitor: &ua.ReadValueID{
			NodeID: t.id, AttributeID: ua.AttributeIDValue, DataEncoding: &ua.QualifiedName{},
		},
		MonitoringMode: ua.MonitoringModeReporting, RequestedParameters: parameters,
	}
}

// listen asks the server for the events of a notifier.
func (t *target) listen() *ua.MonitoredItemCreateRequest {
	return &ua.MonitoredItemCreateRequest{
		ItemToMonitor: &ua.ReadValueID{
			NodeID: t.id, AttributeID: ua.AttributeIDEventNotifier, DataEncoding: &ua.QualifiedName{},
		},
		MonitoringMode: ua.MonitoringModeReporting,
		RequestedParameters: &ua.MonitoringParameters{
			ClientHandle: t.handle, QueueSize: t.monitoring.Queue, DiscardOldest: true,
			Filter: ua.NewExtensionObject(eventFilter(t.alarms.types)),
		},
	}
}
