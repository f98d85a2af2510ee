package pipeline_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
)

func TestWhatAppendWritesTakesTheShortWay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvent().Draw(t, "event")
		data := pipeline.Append(nil, &e)
		got, ok := pipeline.DecodeOwn(data)
		require.True(t, ok, "%s", data)
		want, err := pipeline.DecodeAny(data)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func TestTheShortWayLeavesTheRestToTheLongOne(t *testing.T) {
	t.Parallel()
	const head, tail = `{"specversion":"1.0","id":"1","source":"s","type":"fildefer.state","received":"2026-01-01T00:00:00Z","subject":"a"`, `}`
	_, ok := pipeline.DecodeOwn([]byte(head + tail))
	require.True(t, ok)
	for name, member := range map[string]string{
		"white space":      ` ,"unit":"g"`,
		"unknown member":   `,"time2":"x"`,
		"other case":       `,"Unit":"g"`,
		"twice":            `,"id":"2"`,
		"twice within":     `,"data":{"value":1,"value":2}`,
		"null":             `,"unit":null`,
		"octal":            `,"data":{"value":01}`,
		"hexadecimal":      `,"data":{"value":0x1p-2}`,
		"no fraction":      `,"data":{"value":1.}`,
		"plus":             `,"data":{"value":+1}`,
		"too large":        `,"data":{"value":1e999}`,
		"infinite":         `,"data":{"value":Inf}`,
		"list":             `,"data":{"value":[1]}`,
		"invalid UTF-8":    ",\"unit\":\"\xff\"",
		"control":          ",\"unit\":\"\x01\"",
		"wrong escape":     `,"unit":"\x"`,
		"lone surrogate":   `,"unit":"\ud800` + "\x00" + `"`,
		"what follows":     `}{`,
		"nothing in data":  `,"data":{}`,
		"end in a string":  `,"unit":"g`,
		"end in an escape": `,"unit":"\`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, ok := pipeline.DecodeOwn([]byte(head + member + tail))
			require.False(t, ok)
		})
	}
}

func FuzzBothWaysAgree(f *testing.F) {
	e := pipeline.Event{
		ID: "a\n", Source: "mqtt", Asset: "lyon/é/filler", Signal: "weight", Kind: pipeline.Measure, Quality: pipeline.Bad,
		Value: pipeline.Number(-4.5e-7), Unit: "g", Status: "0x80", At: time.Unix(1, 5).UTC(), Received: time.Unix(1, 5).UTC(),
		Attr: map[string]string{"topic": "t", "a": "\u2028"},
	}
	f.Add(pipeline.Append(nil, &e))
	e.Value, e.Attr = pipeline.Bool(true), nil
	f.Add(pipeline.Append(nil, &e))
	e.Value = pipeline.Text(`"\`)
	f.Add(pipeline.Append(nil, &e))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := pipeline.DecodeOwn(data)
		if !ok {
			return
		}
		want, err := pipeline.DecodeAny(data)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}
