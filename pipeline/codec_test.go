package pipeline_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
)

func anyEvent() *rapid.Generator[pipeline.Event] {
	segment := rapid.StringMatching(`[a-zA-Zéü0-9_.#><\-]{1,12}`)
	instant := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(0, rapid.Int64Range(1, 1<<61).Draw(t, "ns")).UTC()
	})
	return rapid.Custom(func(t *rapid.T) pipeline.Event {
		path := segment.Draw(t, "root")
		for _, s := range rapid.SliceOfN(segment, 0, 5).Draw(t, "segments") {
			path += "/" + s
		}
		e := pipeline.Event{
			ID:     pipeline.EventID(rapid.StringN(1, 40, 200).Draw(t, "id")),
			Source: rapid.StringN(1, 20, 80).Draw(t, "source"),
			Asset:  pipeline.AssetPath(path),
			Signal: rapid.StringN(0, 20, 80).Draw(t, "signal"),
			Kind: rapid.SampledFrom([]pipeline.Kind{
				pipeline.Measure, pipeline.State, pipeline.Condition, pipeline.Record, pipeline.Gap,
			}).Draw(t, "kind"),
			Unit:     rapid.StringN(0, 8, 20).Draw(t, "unit"),
			Quality:  rapid.SampledFrom([]pipeline.Quality{"", pipeline.Good, pipeline.Uncertain, pipeline.Bad}).Draw(t, "quality"),
			Status:   rapid.StringN(0, 10, 20).Draw(t, "status"),
			Received: instant.Draw(t, "received"),
		}
		if rapid.Bool().Draw(t, "stamped") {
			e.At = instant.Draw(t, "at")
		}
		switch rapid.IntRange(0, 3).Draw(t, "type") {
		case 1:
			e.Value = pipeline.Number(rapid.Float64().Draw(t, "number"))
		case 2:
			e.Value = pipeline.Text(rapid.String().Draw(t, "text"))
		case 3:
			e.Value = pipeline.Bool(rapid.Bool().Draw(t, "bool"))
		}
		if attr := rapid.MapOfN(rapid.StringN(-1, -1, pipeline.MaxAttrKeyBytes), rapid.String(), 0, 4).Draw(t, "attr"); len(attr) > 0 {
			e.Attr = attr
		}
		return e
	})
}

func TestCodecGivesBackWhatItWasGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvent().Draw(t, "event")
		data := pipeline.Append(nil, &e)
		require.True(t, json.Valid(data), "%s", data)
		got, err := pipeline.Decode(data)
		require.NoError(t, err, "%s", data)
		require.Equal(t, e, got)
		require.Equal(t, data, pipeline.Append(nil, &got), "equal events have equal bytes")
	})
}

func TestDecodeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"not JSON":     {`{`, "unexpected end of JSON"},
		"version":      {`{"id":"1"}`, `specversion is ""`},
		"type":         {`{"specversion":"1.0","id":"1","type":"x"}`, "does not start with fildefer."},
		"kind":         {`{"specversion":"1.0","id":"1","source":"s","type":"fildefer.x"}`, `unknown kind "x"`},
		"value":        {`{"specversion":"1.0","id":"1","type":"fildefer.measure","data":{"value":[1]}}`, "must be a number"},
		"no id":        {`{"specversion":"1.0","type":"fildefer.measure"}`, "no id"},
		"empty path":   {`{"specversion":"1.0","id":"1","source":"s","type":"fildefer.measure","received":"2026-01-01T00:00:00Z","subject":"a//b"}`, "segment 2 is empty"},
		"control char": {`{"specversion":"1.0","id":"1","source":"s","type":"fildefer.measure","received":"2026-01-01T00:00:00Z","subject":"a\u0007"}`, "control character U+0007"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := pipeline.Decode([]byte(c.in))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func FuzzDecode(f *testing.F) {
	e := pipeline.Event{
		ID: "a", Source: "mqtt", Asset: "lyon/line-3/filler", Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(496.2), Unit: "g", Received: time.Unix(1, 5).UTC(), Attr: map[string]string{"topic": "t"},
	}
	f.Add(pipeline.Append(nil, &e))
	f.Add([]byte(`{"specversion":"1.0","id":"1","type":"fildefer.tick","source":"s","received":"2026-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := pipeline.Decode(data)
		if err != nil {
			return
		}
		again, err := pipeline.Decode(pipeline.Append(nil, &e))
		require.NoError(t, err)
		require.Equal(t, e, again)
	})
}

func BenchmarkCodec(b *testing.B) {
	e := pipeline.Event{
		ID: "line-3:plant/bottling/line-3/filler-2/telemetry:weight:1763719200000", Source: "line-3",
		Asset: "lyon/bottling/line-3/filler-2", Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(496.2), Unit: "g", At: time.Now().UTC(), Received: time.Now().UTC(),
		Attr: map[string]string{"topic": "plant/bottling/line-3/filler-2/telemetry"},
	}
	data := pipeline.Append(nil, &e)
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			data = pipeline.Append(data[:0], &e)
		}
	})
	for name, decode := range map[string]func([]byte) (pipeline.Event, error){"decode": pipeline.Decode, "decode-any": pipeline.DecodeAny} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
