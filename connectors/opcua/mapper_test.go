package opcua_test

import (
	"errors"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/gopcua/opcua/ua"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

const key = vendor + "Line1.Temp"

var (
	sourceTime = time.Date(2026, 11, 21, 8, 0, 0, 123456700, time.UTC)
	serverTime = sourceTime.Add(20 * time.Millisecond)
	received   = sourceTime.Add(time.Second)
)

func mapper(t testing.TB) *opcua.Mapper {
	t.Helper()
	cfg := opcua.Config{
		Endpoint: "opc.tcp://plc:4840",
		Nodes:    []opcua.Node{{ID: key, Asset: "lyon/line-1/filler", Signal: "temperature", Unit: "Cel"}},
	}
	m, err := opcua.NewMapper("press", cfg, "urn:plc")
	require.NoError(t, err)
	return m
}

// data is a value as a server sends it.
func data(value any, status ua.StatusCode) *ua.DataValue {
	dv := &ua.DataValue{Value: &ua.Variant{}, Status: status, SourceTimestamp: sourceTime, ServerTimestamp: serverTime}
	if value != nil {
		dv.Value = ua.MustVariant(value)
	}
	dv.UpdateMask()
	return dv
}

func TestASourceTimeOutOfAllBoundsIsNoneAndIsKeptAsText(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{1601: "1601-01-02T00:00:00Z", 30828: "30828-01-02T00:00:00Z"} {
		dv := data(21.5, ua.StatusOK)
		dv.SourceTimestamp = time.Date(year, 1, 2, 0, 0, 0, 0, time.UTC)
		events, err := mapper(t).Events(key, dv, received)
		require.NoError(t, err)
		require.True(t, events[0].At.IsZero())
		require.Equal(t, want, events[0].Attr["time_fault"])
		again, err := mapper(t).Events(key, dv, received.Add(time.Hour))
		require.NoError(t, err)
		require.Equal(t, events[0].ID, again[0].ID, "it serves to tell changes apart all the same")
	}
}

func TestAServerWithoutLimitsHasTheUsualOnes(t *testing.T) {
	t.Parallel()
	require.Equal(t, 500, opcua.Limit(&ua.DataValue{EncodingMask: ua.DataValueStatusCode, Status: ua.StatusBadNodeIDUnknown}))
	require.Equal(t, 500, opcua.Limit(data(uint32(0), ua.StatusOK)))
	require.Equal(t, 20, opcua.Limit(data(uint32(20), ua.StatusOK)))
}

func TestAValueBecomesAnEventWithAllThatItsServerSaid(t *testing.T) {
	t.Parallel()
	events, err := mapper(t).Events(key, data(21.5, ua.StatusOK), received)
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.Equal(t, pipeline.Event{
		ID: events[0].ID, Source: "press", Asset: "lyon/line-1/filler", Signal: "temperature",
		Kind: pipeline.Measure, Value: pipeline.Number(21.5), Unit: "Cel", Quality: pipeline.Good,
		At: sourceTime, Received: received,
		Attr: map[string]string{
			"node": key, "endpoint": "opc.tcp://plc:4840", "server_time": "2026-11-21T08:00:00.1434567Z",
		},
	}, events[0])
}

func TestEachTypeOfValueIsReadAsWhatItMeans(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   any
		want pipeline.Value
	}{
		"SByte":          {int8(-5), pipeline.Number(-5)},
		"Byte":           {uint8(200), pipeline.Number(200)},
		"Int16":          {int16(-300), pipeline.Number(-300)},
		"UInt16":         {uint16(60000), pipeline.Number(60000)},
		"Int32":          {int32(-70000), pipeline.Number(-70000)},
		"UInt32":         {uint32(math.MaxUint32), pipeline.Number(math.MaxUint32)},
		"Int64":          {int64(-1 << 53), pipeline.Number(-1 << 53)},
		"Int64 beyond":   {int64(-1<<53 - 1), pipeline.Text("-9007199254740993")},
		"UInt64":         {uint64(1 << 53), pipeline.Number(1 << 53)},
		"UInt64 beyond":  {uint64(math.MaxUint64), pipeline.Text("18446744073709551615")},
		"Float":          {float32(20.1), pipeline.Number(20.1)},
		"Double":         {20.1, pipeline.Number(20.1)},
		"NaN":            {math.NaN(), pipeline.Value{}},
		"Boolean":        {true, pipeline.Bool(true)},
		"String":         {"arrêt", pipeline.Text("arrêt")},
		"invalid UTF-8":  {"arr\xeat", pipeline.Text("arr\ufffdt")},
		"DateTime":       {sourceTime, pipeline.Text("2026-11-21T08:00:00.1234567Z")},
		"LocalizedText":  {ua.NewLocalizedText("en marche"), pipeline.Text("en marche")},
		"QualifiedName":  {&ua.QualifiedName{NamespaceIndex: 2, Name: "Mode"}, pipeline.Text("Mode")},
		"StatusCode":     {ua.StatusBadTimeout, pipeline.Text("0x800A0000")},
		"NodeId":         {ua.NewStringNodeID(2, "X"), pipeline.Text("ns=2;s=X")},
		"ByteString":     {[]byte{1, 2, 3}, pipeline.Text("AQID")},
		"nested Variant": {ua.MustVariant(int32(7)), pipeline.Number(7)},
		"empty array":    {[]int32{}, pipeline.Value{}},
		"nothing":        {nil, pipeline.Value{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := mapper(t).Events(key, data(c.in, ua.StatusOK), received)
			require.NoError(t, err)
			require.Len(t, events, 1)
			require.Equal(t, c.want, events[0].Value)
			require.Equal(t, "temperature", events[0].Signal)
		})
	}
}

func TestAnArrayBecomesOneEventPerElement(t *testing.T) {
	t.Parallel()
	events, err := mapper(t).Events(key, data([]int32{7, 7, 9}, ua.StatusOK), received)
	require.NoError(t, err)
	require.Len(t, events, 3)
	ids := map[pipeline.EventID]bool{}
	for i, e := range events {
		require.Equal(t, "temperature."+strconv.Itoa(i), e.Signal)
		ids[e.ID] = true
	}
	require.Len(t, ids, 3, "equal elements are still different events")

	events, err = mapper(t).Events(key, data([][]int32{{1, 2}, {3, 4}}, ua.StatusOK), received)
	require.NoError(t, err)
	require.Equal(t, "temperature.1.0", events[2].Signal)

	events, err = mapper(t).Events(key, data(make([]float64, 1000), ua.StatusOK), received)
	require.NoError(t, err)
	require.Len(t, events, 64)

	events, err = mapper(t).Events(key, data(ua.ByteArray{4, 5}, ua.StatusOK), received)
	require.NoError(t, err)
	require.Equal(t, pipeline.Number(5), events[1].Value)
}

func TestTheStatusCodeDecidesTheQuality(t *testing.T) {
	t.Parallel()
	for status, want := range map[ua.StatusCode]pipeline.Quality{
		ua.StatusOK:                       pipeline.Good,
		ua.StatusGoodLocalOverride:        pipeline.Good,
		0x000000C0:                        pipeline.Good, // OPC DA's good, from gateways
		ua.StatusUncertainLastUsableValue: pipeline.Uncertain,
		ua.StatusBadCommunicationError:    pipeline.Bad,
		0xC0000000:                        pipeline.Bad,
	} {
		events, err := mapper(t).Events(key, data(nil, status), received)
		require.NoError(t, err)
		require.Len(t, events, 1, "a status without a value is an event")
		require.Equal(t, want, events[0].Quality)
		require.True(t, events[0].Value.IsNone())
	}
	events, err := mapper(t).Events(key, data(nil, ua.StatusBadCommunicationError), received)
	require.NoError(t, err)
	require.Equal(t, "0x80050000", events[0].Status)
}

func TestAnOverflowIsToldBeforeTheValueThatCarriesIt(t *testing.T) {
	t.Parallel()
	events, err := mapper(t).Events(key, data(3.5, 0x480), received)
	require.NoError(t, err)
	require.Len(t, events, 2)
	require.Equal(t, pipeline.Gap, events[0].Kind)
	require.True(t, events[0].Value.IsNone())
	require.Equal(t, pipeline.Number(3.5), events[1].Value)
	require.Equal(t, pipeline.Good, events[1].Quality)
	require.NotEqual(t, events[0].ID, events[1].ID)
	require.NotContains(t, events[1].Attr, "reason")
}

func TestTheSameChangeHasTheSameIDAndAnotherHasAnother(t *testing.T) {
	t.Parallel()
	id := func(dv *ua.DataValue, received time.Time) pipeline.EventID {
		events, err := mapper(t).Events(key, dv, received)
		require.NoError(t, err)
		return events[0].ID
	}
	first := id(data(1.0, ua.StatusOK), received)
	require.Equal(t, first, id(data(1.0, ua.StatusOK), received.Add(time.Hour)), "when it was read does not matter")
	require.NotEqual(t, first, id(data(1.0, ua.StatusUncertain), received))
	require.NotEqual(t, first, id(data(2.0, ua.StatusOK), received), "a coarse clock stamps two changes alike")
	later := data(1.0, ua.StatusOK)
	later.SourceTimestamp = sourceTime.Add(100)
	require.NotEqual(t, first, id(later, received))
	unstamped := data(1.0, ua.StatusOK)
	unstamped.EncodingMask = ua.DataValueValue
	require.NotEqual(t, id(unstamped, received), id(unstamped, received.Add(1)))
}

func TestWhatCannotBeReadIsAnErrorThatNamesTheNode(t *testing.T) {
	t.Parallel()
	_, err := mapper(t).Events(key, data(&ua.ExtensionObject{TypeID: ua.NewTwoByteExpandedNodeID(1)}, ua.StatusOK), received)
	require.ErrorContains(t, err, "node "+key+": the value is a structure")
	_, err = mapper(t).Events(key, data(string(make([]byte, pipeline.MaxTextBytes+1)), ua.StatusOK), received)
	require.ErrorContains(t, err, "text value has 65537 bytes")
	_, err = mapper(t).Events("i=1", data(1.0, ua.StatusOK), received)
	require.ErrorContains(t, err, "node i=1 is not configured")
	_, err = mapper(t).Events(key, nil, received)
	require.Error(t, err)
}

// FuzzEvents feeds the mapper what a server might send, byte by byte.
func FuzzEvents(f *testing.F) {
	for _, dv := range []*ua.DataValue{
		data(21.5, ua.StatusOK), data("x", 0x480), data([]int32{1, 2}, ua.StatusBad), data(nil, ua.StatusBad),
		data([]*ua.Variant{ua.MustVariant("a"), ua.MustVariant(1.5)}, ua.StatusOK),
	} {
		body, err := dv.Encode()
		require.NoError(f, err)
		f.Add(body)
	}
	m := mapper(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		dv, err := decodeValue(body)
		if err != nil {
			return
		}
		events, err := m.Events(key, dv, received)
		if err != nil {
			return
		}
		again, err := m.Events(key, dv, received)
		require.NoError(t, err)
		for i := range events {
			require.NoError(t, events[i].Validate())
			require.Equal(t, events[i].ID, again[i].ID)
		}
	})
}

// decodeValue shields the test from the library's decoder, which panics on a
// negative array length.
func decodeValue(body []byte) (dv *ua.DataValue, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the decoder panicked")
		}
	}()
	dv = new(ua.DataValue)
	_, err = dv.Decode(body)
	return dv, err
}

func BenchmarkEvents(b *testing.B) {
	m := mapper(b)
	dv := data(21.5, ua.StatusOK)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Events(key, dv, received); err != nil {
			b.Fatal(err)
		}
	}
}
