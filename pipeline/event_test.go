package pipeline_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func reading() pipeline.Event {
	return pipeline.Event{
		ID: "1", Source: "mqtt", Asset: "lyon/filler", Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(1), Received: time.Unix(0, 0),
	}
}

func attributes(n int) map[string]string {
	attr := map[string]string{}
	for i := range n {
		attr[strconv.Itoa(i)] = "x"
	}
	return attr
}

func TestAnEventAtItsBoundsIsValidAndReadAgain(t *testing.T) {
	t.Parallel()
	last := time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	for name, change := range map[string]func(*pipeline.Event){
		"no source time":     func(e *pipeline.Event) { e.At = time.Time{} },
		"the first instant":  func(e *pipeline.Event) { e.At = time.Unix(0, 0) },
		"the last instant":   func(e *pipeline.Event) { e.At, e.Received = last, last },
		"all the attributes": func(e *pipeline.Event) { e.Attr = attributes(pipeline.MaxAttributes) },
		"a long attribute": func(e *pipeline.Event) {
			e.Attr = map[string]string{strings.Repeat("k", pipeline.MaxAttrKeyBytes): strings.Repeat("v", pipeline.MaxAttrValueBytes)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := reading()
			change(&e)
			require.NoError(t, e.Validate())
			again, err := pipeline.Decode(pipeline.Append(nil, &e))
			require.NoError(t, err)
			require.True(t, e.At.Equal(again.At) && e.Received.Equal(again.Received))
			require.Equal(t, e.Attr, again.Attr)
		})
	}
}

func TestAnEventBeyondItsBoundsIsRefused(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("east", 3600)
	for name, c := range map[string]struct {
		change func(*pipeline.Event)
		want   string
	}{
		"received before 1970":   {func(e *pipeline.Event) { e.Received = time.Unix(-1, 0) }, "its received time is outside the years 1970 to 9999"},
		"received after 9999":    {func(e *pipeline.Event) { e.Received = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "its received time is outside"},
		"1970 further east":      {func(e *pipeline.Event) { e.At = time.Date(1970, 1, 1, 0, 59, 59, 0, east) }, "its source time is outside"},
		"source time after 9999": {func(e *pipeline.Event) { e.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "its source time is outside"},
		"an attribute too many":  {func(e *pipeline.Event) { e.Attr = attributes(pipeline.MaxAttributes + 1) }, "has 65 attributes, at most 64"},
		"a long name": {func(e *pipeline.Event) {
			e.Attr = map[string]string{strings.Repeat("k", pipeline.MaxAttrKeyBytes+1): ""}
		}, "has 129 bytes, at most 128"},
		"a long value": {func(e *pipeline.Event) {
			e.Attr = map[string]string{"k": strings.Repeat("v", pipeline.MaxAttrValueBytes+1)}
		}, `attribute "k" has 8193 bytes, at most 8192`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := reading()
			c.change(&e)
			require.ErrorContains(t, e.Validate(), c.want)
		})
	}
}

func TestAYearThatIsTooLateInUTCOnlyIsRefusedWhenRead(t *testing.T) {
	t.Parallel()
	_, err := pipeline.Decode([]byte(`{"specversion":"1.0","id":"1","source":"s","type":"fildefer.measure","subject":"a",` +
		`"received":"9999-12-31T23:59:59-01:00"}`))
	require.ErrorContains(t, err, "its received time is outside the years 1970 to 9999")
}
