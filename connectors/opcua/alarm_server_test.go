package opcua_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/gopcua/opcua/id"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/connectortest"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

// TestAlarmsOfARealServer runs against node-opcua: gopcua's own server has no
// alarms and no methods.
func TestAlarmsOfARealServer(t *testing.T) {
	t.Parallel()
	far := startFarside(t, map[string]any{})
	for name, story := range map[string]func(*testing.T, *farside){
		"an alarm goes active, is acknowledged and ends":        livesAnAlarm,
		"an area tells of its own sources":                      hearsAnArea,
		"what was active before is told by a refresh":           refreshesAtStart,
		"a server that asks to be asked is asked":               refreshesWhenRequired,
		"alarms that ended during a cut are told to be over":    endsWhatACutHid,
		"alarms that ended while the program was away are too":  endsWhatARestartHid,
		"a severity below the least is let go until it rises":   respectsLeastSeverity,
		"the server is asked for some types only":               asksForTypes,
		"a source is mapped by node, by name or not at all":     mapsSources,
		"what is suppressed on the server says so":              tellsSuppression,
		"no alarm is acknowledged before it is stored":          acknowledgesAlarmsLast,
		"a notifier that is missing is reported and found late": findsALateNotifier,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, far)
		})
	}
}

// listening is a configuration that hears all alarms of a server.
func listening(endpoint string) opcua.Config {
	cfg := reading(endpoint)
	cfg.Alarms = []opcua.Alarm{{Asset: "lyon/{source}"}}
	return cfg
}

// told fits events of a tank's alarm.
func told(tank string, active bool) func(pipeline.Event) bool {
	return func(e pipeline.Event) bool {
		return e.Kind == pipeline.Condition && e.Asset == pipeline.AssetPath("lyon/"+tank) &&
			e.Value == pipeline.Bool(active) && e.Attr["branch"] == ""
	}
}

func raise(t *testing.T, far *farside, tank string, severity int) {
	t.Helper()
	far.ask(t, map[string]any{"op": "alarm", "node": tank, "active": true, "severity": severity, "message": "Huile trop chaude"})
}

func calm(t *testing.T, far *farside, tank string) {
	t.Helper()
	far.ask(t, map[string]any{"op": "alarm", "node": tank, "active": false, "severity": 500})
}

func addTank(t *testing.T, far *farside, area, name string) {
	t.Helper()
	far.ask(t, map[string]any{"op": "tank", "area": area, "node": name})
}

func livesAnAlarm(t *testing.T, far *farside) {
	addTank(t, far, "North", "Life")
	addTank(t, far, "North", "LifeMark")
	l := live(t, listening(far.url()), &sink{})
	l.awaitState(t, connectors.Up, "1 nodes")
	raise(t, far, "LifeMark", 500)
	l.await(t, "that it listens", told("LifeMark", true))
	before := time.Now().Add(-time.Second)
	far.set(t, "Life.Level", 95)
	e := l.await(t, "active", told("Life", true))
	require.Equal(t, "alarm", e.Signal)
	require.Equal(t, pipeline.Good, e.Quality)
	require.WithinRange(t, e.At, before, time.Now().Add(time.Second))
	for name, want := range map[string]string{
		"condition": vendor + "Life.Alarm", "name": "Level", "source_name": "Life", "source_node": vendor + "Life",
		"active": "true", "acked": "false", "retain": "true", "enabled": "true", "suppressed": "false", "node": "i=2253",
		"event_type": "i=" + strconv.Itoa(id.NonExclusiveLimitAlarmType), "branch": "", "endpoint": far.url(),
	} {
		require.Equal(t, want, e.Attr[name], name)
	}
	require.Contains(t, e.Attr["message"], "95")
	require.NotEmpty(t, e.Attr["event_id"])
	far.ask(t, map[string]any{"op": "acknowledge", "node": "Life", "comment": "Vu par Léa"})
	acked := l.await(t, "acknowledged", func(e pipeline.Event) bool { return told("Life", true)(e) && e.Attr["acked"] == "true" })
	require.Equal(t, "Vu par Léa", acked.Attr["comment"])
	require.NotEqual(t, e.ID, acked.ID)
	far.set(t, "Life.Level", 50)
	l.await(t, "over", told("Life", false))
}

func refreshesAtStart(t *testing.T, far *farside) {
	addTank(t, far, "South", "Early")
	raise(t, far, "Early", 700)
	first := live(t, listening(far.url()), &sink{})
	e := first.await(t, "what was active before", told("Early", true))
	require.Equal(t, "700", e.Attr["severity"])
	require.Equal(t, "Huile trop chaude", e.Attr["message"])
	second := live(t, listening(far.url()), &sink{})
	again := second.await(t, "the same, told to another", told("Early", true))
	require.Equal(t, e.ID, again.ID, "a refresh repeats the event")
	require.Equal(t, e.At, again.At)
}

func hearsAnArea(t *testing.T, far *farside) {
	addTank(t, far, "North", "Above")
	addTank(t, far, "South", "Below")
	cfg := listening(far.url())
	cfg.Alarms[0].Node, cfg.Alarms[0].Signal = vendor+"South", "south"
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Up, "1 nodes")
	raise(t, far, "Above", 500)
	raise(t, far, "Below", 500)
	e := l.await(t, "of this area", told("Below", true))
	require.Equal(t, "south", e.Signal)
	require.Equal(t, vendor+"South", e.Attr["node"])
	require.Empty(t, l.all(told("Above", true)))
}

func refreshesWhenRequired(t *testing.T, far *farside) {
	addTank(t, far, "South", "Required")
	raise(t, far, "Required", 500)
	l := live(t, listening(far.url()), &sink{})
	l.await(t, "at the start", told("Required", true))
	far.ask(t, map[string]any{"op": "refreshRequired"})
	require.Eventually(t, func() bool {
		return len(l.all(told("Required", true))) == 2
	}, patience, 20*time.Millisecond)
	require.Empty(t, l.all(told("Required", false)), "a refresh that names it does not end it")
}

func endsWhatACutHid(t *testing.T, far *farside) {
	for _, name := range []string{"CutEnds", "CutLasts"} {
		addTank(t, far, "South", name)
		raise(t, far, name, 500)
	}
	proxy := connectortest.NewProxy(t, far.addr())
	l := live(t, listening(endpointAt(proxy.Addr())), &sink{})
	started := l.await(t, "before", told("CutEnds", true))
	l.await(t, "before", told("CutLasts", true))
	proxy.Refuse()
	l.awaitState(t, connectors.Down, proxy.Addr())
	calm(t, far, "CutEnds")
	proxy.Resume()
	over := l.await(t, "after", told("CutEnds", false))
	require.Equal(t, "false", over.Attr["retain"])
	require.Equal(t, started.Attr["condition"], over.Attr["condition"])
	require.Contains(t, over.Attr["reason"], "did not name it")
	require.True(t, over.At.After(started.At))
	require.Len(t, l.all(told("CutLasts", true)), 2)
	require.Empty(t, l.all(told("CutLasts", false)))
	gap := l.await(t, "gap", func(e pipeline.Event) bool { return e.Kind == pipeline.Gap && e.Asset == "lyon/CutEnds" })
	require.NotEmpty(t, gap.Attr["from"])
}

func endsWhatARestartHid(t *testing.T, far *farside) {
	for _, name := range []string{"AwayEnds", "AwayLasts"} {
		addTank(t, far, "South", name)
		raise(t, far, name, 500)
	}
	cfg := listening(far.url())
	l := &life{sink: &sink{}, status: connectors.NewStatus("press", "opcua"), dir: t.TempDir()}
	stop := l.run(t, "press", cfg)
	l.await(t, "before", told("AwayEnds", true))
	l.await(t, "before", told("AwayLasts", true))
	stop()
	calm(t, far, "AwayEnds")
	l.sink = &sink{}
	l.run(t, "press", cfg)
	l.await(t, "over", told("AwayEnds", false))
	l.await(t, "still", told("AwayLasts", true))
	require.Empty(t, l.all(told("AwayLasts", false)))
}

func respectsLeastSeverity(t *testing.T, far *farside) {
	for _, name := range []string{"Least", "LeastMark"} {
		addTank(t, far, "South", name)
	}
	cfg := listening(far.url())
	cfg.Alarms[0].MinSeverity = 400
	l := live(t, cfg, &sink{})
	mark := func(severity int) {
		t.Helper()
		raise(t, far, "LeastMark", severity)
		l.await(t, "mark", func(e pipeline.Event) bool {
			return told("LeastMark", true)(e) && e.Attr["severity"] == strconv.Itoa(severity)
		})
	}
	mark(900)
	raise(t, far, "Least", 399)
	mark(901)
	require.Empty(t, l.all(told("Least", true)))
	raise(t, far, "Least", 400)
	l.await(t, "risen", told("Least", true))
	far.ask(t, map[string]any{"op": "alarm", "node": "Least", "active": false, "severity": 1})
	l.await(t, "what was told is ended, however low", told("Least", false))
}

func asksForTypes(t *testing.T, far *farside) {
	for _, name := range []string{"Typed", "TypedMark"} {
		addTank(t, far, "South", name)
	}
	raise(t, far, "Typed", 500)
	cfg := listening(far.url())
	limit, offNormal, dialog := "i="+strconv.Itoa(id.LimitAlarmType), "i="+strconv.Itoa(id.OffNormalAlarmType), "i="+strconv.Itoa(id.DialogConditionType)
	cfg.Alarms = append(cfg.Alarms, cfg.Alarms[0])
	cfg.Alarms[0].Types, cfg.Alarms[0].Signal = []string{offNormal, dialog, limit}, "limit"
	cfg.Alarms[1].Types, cfg.Alarms[1].Signal = []string{offNormal}, "off-normal"
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Up, "2 nodes")
	l.await(t, "a subtype of a limit alarm", told("Typed", true))
	raise(t, far, "TypedMark", 500)
	l.await(t, "another", told("TypedMark", true))
	require.Empty(t, l.all(func(e pipeline.Event) bool { return e.Signal == "off-normal" }))
}

func mapsSources(t *testing.T, far *farside) {
	for _, name := range []string{"ByNode", "ByName", "Unmapped"} {
		addTank(t, far, "South", name)
		raise(t, far, name, 500)
	}
	cfg := listening(far.url())
	cfg.Alarms[0].Asset = ""
	cfg.Alarms[0].Assets = map[string]string{vendor + "ByNode": "lyon/a", "ByName": "lyon/b"}
	l := live(t, cfg, &sink{})
	l.await(t, "by node", told("a", true))
	l.await(t, "by name", told("b", true))
	letters := func() (n int) {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, letter := range l.letters {
			if letter.Reason == fmt.Sprintf("alarm %sUnmapped.Alarm of source %q: the alarm's source has no asset: name it under assets, or give an asset for all", vendor, "Unmapped") {
				n++
			}
		}
		return n
	}
	require.Eventually(t, func() bool { return letters() == 1 }, patience, 20*time.Millisecond)
	raise(t, far, "Unmapped", 600)
	raise(t, far, "ByName", 601)
	l.await(t, "what came after", func(e pipeline.Event) bool { return e.Attr["severity"] == "601" })
	require.Equal(t, 1, letters(), "a source without an asset is told once")
}

func tellsSuppression(t *testing.T, far *farside) {
	addTank(t, far, "South", "Suppressed")
	raise(t, far, "Suppressed", 500)
	l := live(t, listening(far.url()), &sink{})
	l.await(t, "active", told("Suppressed", true))
	far.ask(t, map[string]any{"op": "suppress", "node": "Suppressed", "value": true})
	l.await(t, "suppressed", func(e pipeline.Event) bool {
		return told("Suppressed", true)(e) && e.Attr["suppressed"] == "true"
	})
}

func acknowledgesAlarmsLast(t *testing.T, far *farside) {
	addTank(t, far, "South", "Patient")
	raise(t, far, "Patient", 500)
	unacknowledged := func() float64 {
		return far.ask(t, map[string]any{"op": "unacknowledged", "client": "fildefer alarmed"})
	}
	s := &sink{closed: make(chan struct{})}
	cfg := listening(far.url())
	liveAs(t, "alarmed", cfg, s)
	require.Eventually(t, func() bool { return unacknowledged() > 0 }, patience, 20*time.Millisecond)
	require.Never(t, func() bool { return unacknowledged() == 0 }, 3*cfg.PublishingInterval, 20*time.Millisecond)
	close(s.closed)
	s.await(t, "the alarm", told("Patient", true))
}

func findsALateNotifier(t *testing.T, far *farside) {
	cfg := listening(far.url())
	cfg.Alarms[0].Node = vendor + "Late"
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Down, "1 of 1 nodes are not delivered; first "+vendor+"Late")
	addTank(t, far, "South", "Late")
	raise(t, far, "Late", 500)
	l.await(t, "what was active before it was found", told("Late", true))
	l.awaitState(t, connectors.Up, "1 nodes")
}
