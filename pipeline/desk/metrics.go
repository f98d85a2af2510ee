package desk

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/fildefer/fildefer/feed"
)

type metrics struct {
	events, notices, faults, gaps, poison, remarks prometheus.Counter

	held *prometheus.CounterVec // by reason
	late *prometheus.CounterVec // by source
}

func newMetrics(reg prometheus.Registerer) *metrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "fildefer", Subsystem: "desk", Name: name, Help: help})
		reg.MustRegister(c)
		return c
	}
	by := func(label, subsystem, name, help string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "fildefer", Subsystem: subsystem, Name: name, Help: help}, []string{label})
		reg.MustRegister(c)
		return c
	}
	return &metrics{
		events:  counter("events_total", "Events decided and committed."),
		notices: counter("notices_total", "Notices that rules gave to the feed."),
		faults:  counter("faults_total", "Times the desk started again from its stored position."),
		poison:  counter("poison_total", "Events set aside because the rules or the feed could not take them."),
		gaps:    counter("gaps_total", "Times the stream did not hold what the position promised."),
		remarks: counter("remarks_total", "Things that whoever keeps the rules should know; the log has each."),
		held:    by("reason", "desk", "held_total", "Conditions that were held back instead of posted."),
		late:    by("source", "events", "late_total", "Events that came too late for the rules to judge."),
	}
}

// observe counts what was committed.
func (m *metrics) observe(events int, notices []feed.Notice) {
	m.events.Add(float64(events))
	m.notices.Add(float64(len(notices)))
	for i := range notices {
		if n := &notices[i]; n.Kind == feed.Hold {
			m.held.WithLabelValues(n.Held.Reason).Inc()
		}
	}
}
