package replay_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
)

func file(name, text string) replay.File {
	return replay.File{Name: name, Size: int64(len(text)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

func readAll(t testing.TB, source replay.Source) (all []pipeline.Message) {
	t.Helper()
	require.NoError(t, source.Read(t.Context(), func(messages []pipeline.Message) error {
		all = append(all, messages...)
		return nil
	}))
	return all
}

func wire(list replay.Slice) string {
	var text []byte
	for i := range list {
		text = append(pipeline.Append(text, &list[i].Event), '\n')
	}
	return string(text)
}

func TestARecordingGivesTheEventsInTheOrderOfItsLines(t *testing.T) {
	t.Parallel()
	var want replay.Slice
	for len(want) < 30_000 { // several chunks
		want = append(want, morning()...)
	}
	text := wire(want)
	recording := replay.NDJSON(file("day.ndjson", text), true)
	for range 2 { // it can be read again
		got := readAll(t, recording)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, want[i].Event, got[i].Event)
			require.EqualValues(t, i+1, got[i].Seq)
		}
		require.InDelta(t, 1, recording.Share(), 0.001)
	}

	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Len(t, readAll(t, replay.NDJSON(file("day.ndjson.gz", packed.String()), true)), len(want))
}

func TestALineThatIsNoEventIsNamedAndTheOthersAreRead(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(wire(morning()[:5])), "\n")
	lines[2] = `{"specversion":"1.0","id":"x"`
	lines[3] = ""
	text := strings.Join(lines, "\r\n") // and no end of line at the end
	recording := replay.NDJSON(file("day.ndjson", text), false)
	require.Len(t, readAll(t, recording), 3)
	require.Equal(t, 1, recording.Faults().Count)
	require.Regexp(t, `^day\.ndjson:3: decode event: .*; mend the line or remove it$`, recording.Faults().First[0])

	err := replay.NDJSON(file("day.ndjson", text), true).Read(t.Context(), func([]pipeline.Message) error { return nil })
	require.ErrorContains(t, err, "day.ndjson:3: ")
	stop := errors.New("enough")
	require.ErrorIs(t, recording.Read(t.Context(), func([]pipeline.Message) error { return stop }), stop)
}

func TestATableOfOneSignal(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	text := "timestamp;value\n2026-01-05 07:00:00;12,5\n2026-01-05 07:01:00;\n2026-01-05T06:02:00Z;running\n"
	got := readAll(t, replay.CSV(file("dir/oil.csv", text), replay.Table{Asset: "lyon/press", Signal: "oil", Unit: "Cel", Zone: paris}, true))
	require.Len(t, got, 2)
	require.Equal(t, pipeline.Event{
		ID: "oil.csv:2", Source: "oil.csv", Asset: "lyon/press", Signal: "oil", Unit: "Cel", Kind: pipeline.Measure,
		Value: pipeline.Number(12.5), At: start, Received: start,
	}, got[0].Event)
	require.Equal(t, pipeline.Text("running"), got[1].Event.Value)
	require.Equal(t, pipeline.State, got[1].Event.Kind)
	require.Equal(t, start.Add(2*time.Minute), got[1].Event.At)
}

func TestATableOfManySignals(t *testing.T) {
	t.Parallel()
	text := "\ufeffAsset,Signal,Timestamp,Value,Quality,Unit,attr.sku\r\n" +
		fmt.Sprintf("lyon/a,oil,%d,80.5,bad,Cel,\r\n", start.Unix()) +
		fmt.Sprintf("\"lyon/b, left\",stock,%d,3,,,12\r\n", start.UnixMilli())
	recording := replay.CSV(file("all.csv", text), replay.Table{}, true)
	got := readAll(t, recording)
	require.Len(t, got, 2)
	require.Equal(t, got, readAll(t, recording)) // it can be read again
	require.Equal(t, pipeline.Bad, got[0].Event.Quality)
	require.EqualValues(t, "lyon/b, left", got[1].Event.Asset)
	require.Equal(t, map[string]string{"sku": "12"}, got[1].Event.Attr)
	require.Equal(t, start, got[1].Event.At)
}

func TestAFaultOfATableSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"time,value\n":                                  `x.csv:1: "time" is no column; the first line names the columns`,
		"timestamp,value\n":                             "x.csv:1: no column says which asset a value is of; name it with --asset",
		"timestamp,value,asset\n":                       "x.csv:1: no column says which signal a value is of; name it with --signal",
		"asset,signal,value\n":                          "x.csv:1: the first line names the columns",
		"asset,signal,timestamp,value\na,b,c":           "x.csv:2: the line has 3 columns and the first line 4; mend it or remove it",
		"asset,signal,timestamp,value\na,b,yesterday,1": `x.csv:2: "yesterday" is no timestamp; write`,
		"asset,signal,timestamp,value\n,b,1767592800,1": "x.csv:2: event",
	} {
		err := replay.CSV(file("x.csv", text), replay.Table{}, true).Read(t.Context(), func([]pipeline.Message) error { return nil })
		require.ErrorContains(t, err, want)
	}
}
