package live

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts readers.
type Metrics struct {
	clients prometheus.Gauge
	dropped prometheus.Counter
}

// NewMetrics registers the hub's metrics with reg.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		clients: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "fildefer_sse_clients", Help: "Readers of the live stream.",
		}),
		dropped: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "fildefer_sse_dropped_total", Help: "Readers cut because they could not keep up.",
		}),
	}
	reg.MustRegister(m.clients, m.dropped)
	return m
}
