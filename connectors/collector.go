package connectors

import "github.com/prometheus/client_golang/prometheus"

// collector exposes the health of connectors as metrics. It reads them at each
// scrape, so that metrics and the health page cannot disagree.
type collector struct {
	health func() []Health
}

func (collector) up() *prometheus.Desc {
	return prometheus.NewDesc("fildefer_source_up",
		"1 when the source is reached and everything asked of it is granted.", []string{"source", "kind"}, nil)
}

func (collector) lastEvent() *prometheus.Desc {
	return prometheus.NewDesc("fildefer_source_last_event_timestamp_seconds",
		"When the last event of the source was stored; absent before the first.", []string{"source"}, nil)
}

func (collector) received() *prometheus.Desc {
	return prometheus.NewDesc("fildefer_events_received_total",
		"Events of the source that are stored.", []string{"source"}, nil)
}

func (collector) deadLettered() *prometheus.Desc {
	return prometheus.NewDesc("fildefer_events_dead_lettered_total",
		"Inputs of the source that could not become events.", []string{"source"}, nil)
}

func (c collector) Describe(descs chan<- *prometheus.Desc) {
	descs <- c.up()
	descs <- c.lastEvent()
	descs <- c.received()
	descs <- c.deadLettered()
}

func (c collector) Collect(metrics chan<- prometheus.Metric) {
	for _, h := range c.health() {
		up := 0.0
		if h.State == Up {
			up = 1
		}
		metrics <- prometheus.MustNewConstMetric(c.up(), prometheus.GaugeValue, up, h.Name, h.Kind)
		if !h.LastEvent.IsZero() {
			seconds := float64(h.LastEvent.UnixMilli()) / 1000
			metrics <- prometheus.MustNewConstMetric(c.lastEvent(), prometheus.GaugeValue, seconds, h.Name)
		}
		metrics <- prometheus.MustNewConstMetric(c.received(), prometheus.CounterValue, float64(h.Accepted), h.Name)
		metrics <- prometheus.MustNewConstMetric(c.deadLettered(), prometheus.CounterValue, float64(h.Rejected), h.Name)
	}
}
