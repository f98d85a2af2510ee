package mqtt_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
)

// FuzzMapperJSON holds the scanner against encoding/json: what it accepts is
// JSON, and what becomes an event can be used.
func FuzzMapperJSON(f *testing.F) {
	s := telemetry()
	s.Format, s.ID, s.Seq, s.UnitField, s.Attr = mqtt.JSON, "id", "seq", "unit", map[string]string{"lot": "lot"}
	m := mapper(f, s)
	for _, seed := range []string{
		`{"ts":1763719200,"weight":496.2,"a":{"b":[1,null,true,"x\n"]},"unit":"g"}`, `[1e5,-0.1]`, `{"a":"\ud800"}`,
		`{"id":"x","seq":1,"lot":"L"}`, `12`, `"`, `{"a":1,}`, `[1 2]`, `{"ts":"2026-01-01T00:00:00Z","v":9007199254740993}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		events, err := m.Events(topic, payload, received())
		if err != nil {
			require.Empty(t, events)
			return
		}
		require.True(t, json.Valid(payload), "%q", payload)
		requireUsable(t, events)
	})
}

func FuzzMapperTopicAndText(f *testing.F) {
	m := mapper(f,
		mqtt.Subscription{Topic: "plant/{line}/{asset}/{what}", Signal: "{what}", Asset: "{line}/{asset}"},
		mqtt.Subscription{Filter: "store/#", Signal: "v", Format: mqtt.Text},
	)
	f.Add("plant/a/b/c", []byte("12.5"))
	f.Add("store/a:b/c", []byte("-"))
	f.Add("plant/a/b/c", []byte("+"))
	f.Fuzz(func(t *testing.T, topic string, payload []byte) {
		if events, err := m.Events(topic, payload, received()); err == nil {
			requireUsable(t, events)
		}
	})
}

func requireUsable(t *testing.T, events []pipeline.Event) {
	t.Helper()
	require.NotEmpty(t, events)
	ids := map[pipeline.EventID]bool{}
	for _, e := range events {
		require.NoError(t, e.Validate())
		require.False(t, ids[e.ID], "two events of one message share an id")
		ids[e.ID] = true
	}
}
