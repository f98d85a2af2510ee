package connectors_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// runFunc is a connector that is nothing but its Run.
type runFunc func(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error

func (f runFunc) Run(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
	return f(ctx, sink, status)
}

func (runFunc) Check(context.Context) (string, error) { return "", nil }

// takesAll is a sink that stores everything but what it is told to refuse.
type takesAll struct{ refuse error }

func (s takesAll) Accept(context.Context, []pipeline.Event) error    { return s.refuse }
func (s takesAll) Reject(context.Context, pipeline.DeadLetter) error { return s.refuse }

func steady(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
	status.Up("all well")
	_ = sink.Accept(ctx, make([]pipeline.Event, 3))
	_ = sink.Reject(ctx, pipeline.DeadLetter{})
	<-ctx.Done()
	return nil
}

func TestOneFailingConnectorNeverStopsTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var logged bytes.Buffer
		s := connectors.NewSupervisor(slog.New(slog.NewTextHandler(&logged, nil)), prometheus.NewRegistry())
		attempts, panics := 0, 0
		s.Add("broken", "opcua", runFunc(func(context.Context, pipeline.Sink, *connectors.Status) error {
			attempts++
			return errors.New("opc.tcp://press: certificate changed: trust it anew")
		}))
		s.Add("steady", "mqtt", runFunc(steady))
		s.Add("wild", "erp", runFunc(func(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
			if panics++; panics == 1 {
				panic("index out of range")
			}
			return steady(ctx, sink, status)
		}))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx, takesAll{}) }()

		synctest.Wait()
		health := s.Health()
		require.Equal(t, "broken", health[0].Name)
		require.Equal(t, connectors.Down, health[0].State)
		require.Equal(t, "opc.tcp://press: certificate changed: trust it anew", health[0].Detail)
		require.Equal(t, connectors.Up, health[1].State)
		require.Equal(t, uint64(3), health[1].Accepted)
		require.Equal(t, uint64(1), health[1].Rejected)
		require.Equal(t, connectors.Down, health[2].State)
		require.Contains(t, health[2].Detail, "index out of range")

		time.Sleep(time.Hour)
		synctest.Wait()
		require.Greater(t, attempts, 10, "it is run again and again")
		require.Equal(t, connectors.Up, s.Health()[2].State, "a panic does not end a connector for ever")

		cancel()
		require.NoError(t, <-ended)
		for _, h := range s.Health() {
			require.Equal(t, connectors.Stopped, h.State)
		}
		require.Equal(t, 1, strings.Count(logged.String(), "certificate changed"), "a repeated fault is logged once")
		require.Contains(t, logged.String(), "supervisor_test.go", "a panic is logged with its place")
	})
}

func TestAConnectorThatEndsByItselfIsAFault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := connectors.NewSupervisor(slog.New(slog.DiscardHandler), prometheus.NewRegistry())
		s.Add("quitter", "mqtt", runFunc(func(context.Context, pipeline.Sink, *connectors.Status) error { return nil }))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx, takesAll{}) }()
		synctest.Wait()
		require.Contains(t, s.Health()[0].Detail, "ended without being told to")
		cancel()
		require.NoError(t, <-ended)
	})
}

func TestOnlyWhatIsStoredIsCounted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := connectors.NewSupervisor(slog.New(slog.DiscardHandler), prometheus.NewRegistry())
		s.Add("steady", "mqtt", runFunc(steady))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx, takesAll{refuse: pipeline.ErrBacklog}) }()
		synctest.Wait()
		require.Zero(t, s.Health()[0].Accepted)
		require.Zero(t, s.Health()[0].Rejected)
		cancel()
		require.NoError(t, <-ended)
	})
}

func TestMetricsTellWhatHealthTells(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		registry := prometheus.NewRegistry()
		s := connectors.NewSupervisor(slog.New(slog.DiscardHandler), registry)
		s.Add("line-3", "mqtt", runFunc(steady))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx, takesAll{}) }()
		synctest.Wait()
		require.Equal(t, map[string]float64{
			"fildefer_source_up{kind=mqtt,source=line-3}":                 1,
			"fildefer_source_last_event_timestamp_seconds{source=line-3}": float64(time.Now().Unix()),
			"fildefer_events_received_total{source=line-3}":               3,
			"fildefer_events_dead_lettered_total{source=line-3}":          1,
		}, gather(t, registry))
		cancel()
		require.NoError(t, <-ended)
	})
}

func gather(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	require.NoError(t, err)
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				labels = append(labels, label.GetName()+"="+label.GetValue())
			}
			name := family.GetName() + "{" + strings.Join(labels, ",") + "}"
			values[name] = metric.GetGauge().GetValue() + metric.GetCounter().GetValue()
		}
	}
	return values
}
