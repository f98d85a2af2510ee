package mqtt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
)

func received() time.Time { return time.Date(2026, 11, 21, 8, 0, 0, 5, time.UTC) }

func mapper(t testing.TB, subscriptions ...mqtt.Subscription) *mqtt.Mapper {
	t.Helper()
	m, err := mqtt.NewMapper("line-3", mqtt.Config{Subscriptions: subscriptions})
	require.NoError(t, err)
	return m
}

// telemetry is the subscription of most tests.
func telemetry() mqtt.Subscription {
	return mqtt.Subscription{Topic: "plant/{line}/{asset}/telemetry", Asset: "lyon/{line}/{asset}", Time: "ts"}
}

const topic = "plant/line-3/filler/telemetry"

// render writes events as "signal=value" with type, unit and quality, which
// reads better than structs.
func render(events []pipeline.Event) string {
	var lines []string
	for _, e := range events {
		kind := "none"
		if _, ok := e.Value.Number(); ok {
			kind = "number"
		} else if _, ok := e.Value.Text(); ok {
			kind = "text"
		} else if _, ok := e.Value.Bool(); ok {
			kind = "bool"
		}
		line := fmt.Sprintf("%s=%s %s %s %s", e.Signal, kind, e.Value, e.Unit, e.Quality)
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "; ")
}

func TestAMessageBecomesOneEventForEachValue(t *testing.T) {
	t.Parallel()
	s := telemetry()
	s.Unit = map[string]string{"weight": "g", "motor.temp": "Cel"}
	s.Attr = map[string]string{"lot": "order.lot"}
	events, err := mapper(t, s).Events(topic,
		[]byte(`{"ts":1763719200123,"weight":496.2,"motor":{"temp":61,"on":true},"order":{"lot":"L7"}}`), received())
	require.NoError(t, err)
	require.Equal(t, "weight=number 496.2 g; motor.temp=number 61 Cel; motor.on=bool true", render(events))
	require.Equal(t, pipeline.Event{
		ID:     "line-3:plant/line-3/filler/telemetry:weight:1763719200123000000-7612558a1b5106de",
		Source: "line-3", Asset: "lyon/line-3/filler", Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(496.2), Unit: "g",
		At: time.UnixMilli(1763719200123).UTC(), Received: received(),
		Attr: map[string]string{"topic": topic, "lot": "L7"},
	}, events[0])
}

func TestJSONPayloadsAreReadExactly(t *testing.T) {
	t.Parallel()
	for payload, want := range map[string]string{
		`{"a":{"b":{"c":1}}}`:                    "a.b.c=number 1",
		`{"axes":[1.5,true,"x"]}`:                "axes.0=number 1.5; axes.1=bool true; axes.2=text x",
		`{"a":null,"b":0}`:                       "a=none bad; b=number 0",
		`{"n":9007199254740991}`:                 "n=number 9.007199254740991e+15",
		`{"n":9007199254740993}`:                 "n=text 9007199254740993",
		`{"n":-123456789012345678901234}`:        "n=text -123456789012345678901234",
		`{"n":1e30}`:                             "n=number 1e+30",
		`{"n":-0.5E-3}`:                          "n=number -0.0005",
		`{"s":"496.2"}`:                          "s=text 496.2",
		`{"s":"caf\u00e9 \ud83d\ude00"}`:         "s=text café 😀",
		`{"<b>x</b>":"<script>"}`:                "<b>x</b>=text <script>",
		" {\t\"a\" : 1 \r\n} ":                   "a=number 1",
		`{"ts":null,"a":1}`:                      "a=number 1",
		`[[1],{"a":2}]`:                          "0.0=number 1; 1.a=number 2",
		`{"` + strings.Repeat("k", 256) + `":1}`: strings.Repeat("k", 256) + "=number 1",
	} {
		events, err := mapper(t, telemetry()).Events(topic, []byte(payload), received())
		require.NoError(t, err, payload)
		require.Equal(t, want, render(events), payload)
	}
}

func TestWhatCannotBeUsedIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	wide := `{"k":0`
	for i := range 5000 {
		wide += fmt.Sprintf(`,"k%d":1`, i)
	}
	for payload, want := range map[string]string{
		"":                                   "JSON, byte 0: the JSON text ends too early",
		`{`:                                  "JSON, byte 1: a key was expected",
		`{"a":1`:                             "a comma or } was expected",
		`{"a":}`:                             "a value was expected",
		`{"a":1}x`:                           "something follows the end",
		"{\"a\":1}\x00":                      "something follows the end",
		`{"a":1}{"a":2}`:                     "something follows the end",
		`{"a":NaN}`:                          "a value was expected",
		`{"a":1e400}`:                        "beyond what a 64-bit float can hold",
		`{"a":01}`:                           "a number is malformed",
		`{"a":1.}`:                           "a number is malformed",
		`{"a":-}`:                            "a number is malformed",
		`{"a":+1}`:                           "a value was expected",
		`{"a":tru}`:                          "a value was expected",
		`{"a":"x`:                            "a string does not end",
		`{"a":"\x"}`:                         "malformed escape",
		"{\"a\":\"\x01\"}":                   "control character U+0001",
		`{"a":"\u0000"}`:                     "NUL",
		`{"a\u202eb":1}`:                     "control character U+202E",
		`{"":1}`:                             "has no name",
		`{"a":1,"a":2}`:                      `key "a" is given twice`,
		`{"a":{"b":1},"a":{"c":1}}`:          `key "a" is given twice`,
		`{"a":{"b":1},"a.b":2}`:              `signal "a.b" is given twice`,
		`{}`:                                 "holds no value",
		`{"ts":1763719200}`:                  "holds no value",
		`{"ts":"yesterday","a":1}`:           `field "ts": time "yesterday" is neither RFC 3339`,
		`{"ts":true,"a":1}`:                  "a time is expected, not true",
		`{"ts":"0000-00-00T00:00:00Z"}`:      "is neither RFC 3339",
		`{"a":` + strings.Repeat("[", 10000): "nested more than 32 deep",
		wide + "}":                           "more than 4096 values",
		`{"a":"` + strings.Repeat("x", pipeline.MaxTextBytes+1) + `"}`: "text has 65537 bytes",
		`{"` + strings.Repeat("k", 257) + `":1}`:                       "257 bytes",
		strings.Repeat("1", 2<<20):                                     "payload has 2097152 bytes",
		"{\"a\":\"\xff\"}":                                             "not valid UTF-8",
	} {
		s := telemetry()
		s.Format = mqtt.JSON
		events, err := mapper(t, s).Events(topic, []byte(payload), received())
		require.ErrorContains(t, err, want, "%.80q", payload)
		require.Empty(t, events)
		require.Less(t, len(err.Error()), 300, "a reason is a sentence")
	}
}

func TestTextPayloadsAreNumbersOnlyWhenTheyReadWhollyAsOne(t *testing.T) {
	t.Parallel()
	s := mqtt.Subscription{Topic: "plant/{asset}/{what}", Asset: "{asset}", Signal: "{what}", Format: mqtt.Text}
	for payload, want := range map[string]string{
		"12.5\r\n":         "weight=number 12.5",
		"+3":               "weight=number 3",
		"-3e2":             "weight=number -300",
		"12,5":             "weight=text 12,5",
		"12.5 g":           "weight=text 12.5 g",
		"0x10":             "weight=text 0x10",
		"1_000":            "weight=text 1_000",
		"007":              "weight=text 007",
		"RUN":              "weight=text RUN",
		"9007199254740993": "weight=text 9007199254740993",
		"NaN":              "weight=none bad",
		"-inf":             "weight=none bad",
		"":                 "weight=none bad",
		`{"a":1}`:          `weight=text {"a":1}`,
	} {
		events, err := mapper(t, s).Events("plant/filler/weight", []byte(payload), received())
		require.NoError(t, err, payload)
		require.Equal(t, want, render(events), payload)
	}
	_, err := mapper(t, s).Events("plant/filler/weight", []byte("1e999"), received())
	require.ErrorContains(t, err, "beyond what a 64-bit float can hold")
}

func TestAutoTakesForJSONWhatStartsLikeIt(t *testing.T) {
	t.Parallel()
	s := mqtt.Subscription{Topic: "plant/{asset}/{what}", Asset: "{asset}", Signal: "{what}"}
	for payload, want := range map[string]string{
		`{"a":1}`: "state.a=number 1",
		`[1]`:     "state.0=number 1",
		`"run"`:   "state=text run",
		"true":    "state=bool true",
		"null":    "state=none bad",
		"12.5":    "state=number 12.5",
		"running": "state=text running",
	} {
		events, err := mapper(t, s).Events("plant/filler/state", []byte(payload), received())
		require.NoError(t, err, payload)
		require.Equal(t, want, render(events), payload)
	}
	_, err := mapper(t, s).Events("plant/filler/state", []byte(`{"a":`), received())
	require.ErrorContains(t, err, "JSON, byte 5")
}

func TestTopicsGiveAssetAndSignal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		subscription   mqtt.Subscription
		topic, payload string
		asset, signal  string
	}{
		"captures in order make the path": {
			mqtt.Subscription{Topic: "plant/{line}/{asset}/x", Signal: "v"}, "plant/l/a/x", "1", "l/a", "v",
		},
		"wildcards capture": {
			mqtt.Subscription{Filter: "plant/+/+/state", Signal: "state"}, "plant/l/a/state", "run", "l/a", "state",
		},
		"a rest captures levels": {
			mqtt.Subscription{Topic: "plant/{path...}"}, "plant/a/b/c", `{"v":1}`, "a/b/c", "v",
		},
		"# captures levels": {
			mqtt.Subscription{Filter: "plant/#", Asset: "lyon/{2}"}, "plant/a/b", `{"v":1}`, "lyon/a/b", "v",
		},
		"a shared filter is read as the plain one": {
			mqtt.Subscription{Filter: "$share/g/plant/+", Asset: "{2}"}, "plant/a", `{"v":1}`, "a", "v",
		},
		"a signal goes before names": {
			mqtt.Subscription{Topic: "p/{asset}/{group}", Asset: "{asset}", Signal: "io-{group}"}, "p/a/g", `{"v":1}`, "a", "io-g.v",
		},
		"listed values are renamed, the rest is left": {
			mqtt.Subscription{Topic: "p/{asset}", Values: map[string]string{"w.1": "weight"}}, "p/a", `{"w":[1,2],"x":{"y":3}}`, "a", "weight",
		},
		"spaces around segments are trimmed": {
			mqtt.Subscription{Topic: "p/{asset}", Signal: "v"}, "p/ a ", `1`, "a", "v",
		},
	} {
		events, err := mapper(t, c.subscription).Events(c.topic, []byte(c.payload), received())
		require.NoError(t, err, name)
		require.Len(t, events, 1, name)
		require.Equal(t, pipeline.AssetPath(c.asset), events[0].Asset, name)
		require.Equal(t, c.signal, events[0].Signal, name)
	}
}

func TestTopicsThatMakeNoAssetAreRefused(t *testing.T) {
	t.Parallel()
	m := mapper(t, mqtt.Subscription{Topic: "plant/{path...}"})
	for topic, want := range map[string]string{
		"store/a":                             "matches no subscription",
		"plant":                               "matches no subscription",
		"plant//a":                            "segment 1 is empty",
		"plant/a\u202eb":                      "control character",
		"plant/" + strings.Repeat("x", 10000): "at most 128",
		"plant/" + strings.Repeat("x/", 20) + "x": "at most 16",
	} {
		_, err := m.Events(topic, []byte(`{"v":1}`), received())
		require.ErrorContains(t, err, want, "%.60s", topic)
	}
}

func TestAUnitFieldGivesTheUnitOfTheMessage(t *testing.T) {
	t.Parallel()
	s := telemetry()
	s.UnitField, s.Unit = "meta.unit", map[string]string{"temp": "Cel"}
	events, err := mapper(t, s).Events(topic, []byte(`{"w":1,"temp":2,"meta":{"unit":"kg"}}`), received())
	require.NoError(t, err)
	require.Equal(t, "w=number 1 kg; temp=number 2 Cel", render(events))
}

func BenchmarkMapper(b *testing.B) {
	s := mqtt.Subscription{Topic: "plant/{workshop}/{line}/{asset}/telemetry", Asset: "lyon/{workshop}/{line}/{asset}", Time: "ts"}
	m := mapper(b, s)
	payload := []byte(`{"ts":1763719200123,"weight":496.2,"motor_temperature":61.25,"state":"running` + strings.Repeat("x", 180) + `"}`)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Events("plant/bottling/line-3/filler-2/telemetry", payload, received()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheExampleIsAValidConfiguration(t *testing.T) {
	t.Parallel()
	var cfg mqtt.Config
	require.NoError(t, yaml.UnmarshalWithOptions(mqtt.Example, &cfg, yaml.Strict()))
	require.NoError(t, cfg.Validate())
	events, err := mapper(t, cfg.Subscriptions...).Events("plant/bottling/line-3/filler-2/telemetry",
		[]byte(`{"ts": 1763719200123, "weight": 496.2, "motor": {"temp": 61}, "lot": "L7"}`), received())
	require.NoError(t, err)
	require.Equal(t, "weight=number 496.2 g; motor.temp=number 61 Cel", render(events))
	require.Equal(t, pipeline.AssetPath("lyon/bottling/line-3/filler-2"), events[0].Asset)
	require.Equal(t, "L7", events[0].Attr["lot"])
}
