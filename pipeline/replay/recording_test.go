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
	text := "timestamp;value\n2026-01-05 07:00:00;12,5\n2026-01-05T06:02:00Z;13\n"
	got := readAll(t, replay.CSV(file("dir/oil.csv", text), replay.Table{Asset: "lyon/press", Signal: "oil", Unit: "Cel", Zone: paris}, true))
	require.Len(t, got, 2)
	require.Equal(t, pipeline.Event{
		ID: "oil.csv:2", Source: "oil.csv", Asset: "lyon/press", Signal: "oil", Unit: "Cel", Kind: pipeline.Measure,
		Value: pipeline.Number(12.5), At: start, Received: start,
	}, got[0].Event)
	require.Equal(t, pipeline.Number(13), got[1].Event.Value)
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

func TestAValueThatItsSignalCannotHaveHadIsPassedOver(t *testing.T) {
	t.Parallel()
	rows := []string{
		"signal,quality,timestamp,value",
		"oil,,1767592800,80.5", "state,,1767592800,running",
		"oil,,1767592801,no data", "state,,1767592801,7", "state,,1767592801,stopped",
		"oil,,1767592802,", "oil,bad,1767592803,", "oil,,1767592804,NaN", "oil,,1767592805,81",
	}
	text := strings.Join(rows, "\n")
	recording := replay.CSV(file("x.csv", text), replay.Table{Asset: "a/b"}, false)
	for range 2 { // it can be read again
		var lines []uint64
		for _, m := range readAll(t, recording) {
			lines = append(lines, m.Seq)
		}
		require.Equal(t, []uint64{2, 3, 5, 6, 10}, lines)
		require.Equal(t, replay.Faults{Count: 3, First: []string{
			`x.csv:4: "no data" is no number, as the values of oil before it are; mend the line or remove it`,
			`x.csv:7: "" is no value; write one or remove the line`,
			`x.csv:9: "NaN" is no value; write one or remove the line`,
		}}, recording.Faults())
	}
	err := replay.CSV(file("x.csv", text), replay.Table{Asset: "a/b"}, true).Read(t.Context(), func([]pipeline.Message) error { return nil })
	require.ErrorContains(t, err, `x.csv:4: "no data" is no number`)

	list := morning()[:3]
	first := &list[0].Event
	for _, m := range list[1:] {
		require.Equal(t, pipeline.Measure, m.Event.Kind)
	}
	list[2].Event.Asset, list[2].Event.Signal, list[2].Event.Value = first.Asset, first.Signal, pipeline.Text("abc")
	events := replay.NDJSON(file("day.ndjson", wire(list)), false)
	require.Len(t, readAll(t, events), 2)
	require.Contains(t, events.Faults().First[0], `day.ndjson:3: "abc" is no number`)
}

func TestARecordingWithoutAnyEventIsAnError(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"timestamp,value\n":         "x.csv: there is no event in it",
		"timestamp,value\n12,\n13,": `no line of the recording could be read: x.csv:2: "" is no value`,
	} {
		err := replay.CSV(file("x.csv", text), replay.Table{Asset: "a/b", Signal: "oil"}, false).Read(t.Context(), func([]pipeline.Message) error { return nil })
		require.ErrorContains(t, err, want)
	}
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
