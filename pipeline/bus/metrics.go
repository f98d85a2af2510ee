package bus

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Metrics are the figures of one bus.
type Metrics struct {
	Published    prometheus.Counter
	Deduplicated prometheus.Counter
	DeadLettered prometheus.Counter
	Refused      prometheus.Counter
	Read         prometheus.Counter
	BatchEvents  prometheus.Histogram
	PublishTime  prometheus.Histogram
	Fullness     prometheus.Gauge
	Pending      prometheus.Gauge
	Restarts     prometheus.Counter
}

// newMetrics registers with r, which may be nil.
func newMetrics(r prometheus.Registerer) *Metrics {
	with := promauto.With(r)
	counter := func(name, help string) prometheus.Counter {
		return with.NewCounter(prometheus.CounterOpts{Name: "fildefer_" + name, Help: help})
	}
	gauge := func(name, help string) prometheus.Gauge {
		return with.NewGauge(prometheus.GaugeOpts{Name: "fildefer_" + name, Help: help})
	}
	histogram := func(name, help string, buckets []float64) prometheus.Histogram {
		return with.NewHistogram(prometheus.HistogramOpts{Name: "fildefer_" + name, Help: help, Buckets: buckets})
	}
	return &Metrics{
		Published:    counter("bus_events_published_total", "Events that the stream has acknowledged, ticks aside."),
		Deduplicated: counter("bus_events_deduplicated_total", "Events that were in the stream already."),
		DeadLettered: counter("bus_events_dead_lettered_total", "Inputs that could not become an event."),
		Refused:      counter("bus_backlog_refusals_total", "Batches refused because the stream is full of unread events."),
		Read:         counter("bus_events_read_total", "Events handed to readers, ticks included."),
		BatchEvents:  histogram("bus_publish_batch_events", "Events in one publish.", prometheus.ExponentialBuckets(1, 2, 10)),
		PublishTime:  histogram("bus_publish_duration_seconds", "Time from sending a batch to its acknowledgement.", prometheus.ExponentialBuckets(0.0005, 2, 14)),
		Fullness:     gauge("bus_stream_bytes_ratio", "Bytes in the event stream over its cap."),
		Pending:      gauge("bus_stream_unread_events", "Events stored and not yet consumed, ticks included."),
		Restarts:     counter("bus_server_restarts_total", "Restarts of the embedded server after a fault."),
	}
}
