package desk

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	events, notices, faults, gaps, poison prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "fildefer", Subsystem: "desk", Name: name, Help: help})
		reg.MustRegister(c)
		return c
	}
	return &metrics{
		events:  counter("events_total", "Events decided and committed."),
		notices: counter("notices_total", "Notices that rules gave to the feed."),
		faults:  counter("faults_total", "Times the desk started again from its stored position."),
		poison:  counter("poison_total", "Events set aside because the rules or the feed could not take them."),
		gaps:    counter("gaps_total", "Times the stream did not hold what the position promised."),
	}
}

func (m *metrics) observe(events, notices int) {
	m.events.Add(float64(events))
	m.notices.Add(float64(notices))
}
