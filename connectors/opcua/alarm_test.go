package opcua_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

// oil is an alarm as a server tells it, by the paths of its fields.
func oil(changes map[string]any) map[string]any {
	said := map[string]any{
		"EventId": []byte{1, 2, 3}, "EventType": ua.NewNumericNodeID(0, id.OffNormalAlarmType),
		"SourceNode": ua.NewStringNodeID(1, "Press1"), "SourceName": "Press1", "Time": sourceTime, "ReceiveTime": serverTime,
		"Message": ua.NewLocalizedTextWithLocale("Huile trop chaude", "fr"), "Severity": uint16(700),
		"": ua.NewStringNodeID(1, "Press1.Oil"), "ConditionName": "Oil", "BranchId": ua.NewTwoByteNodeID(0),
		"Retain": true, "EnabledState/Id": true, "Quality": ua.StatusBadCommunicationError, "Comment": ua.NewLocalizedText("Vu"),
		"AckedState/Id": false, "ConfirmedState/Id": true, "ActiveState/Id": true, "SuppressedOrShelved": false,
	}
	for path, value := range changes {
		said[path] = value
	}
	return said
}

// presses hears all alarms, and has nothing yet.
func presses(t testing.TB) *opcua.Ears {
	t.Helper()
	ears, err := opcua.NewEars(opcua.Alarm{Asset: "lyon/{source}", MinSeverity: 100}, "urn:vendor")
	require.NoError(t, err)
	return ears
}

func hear(t testing.TB, e *opcua.Ears, said map[string]any) []pipeline.Event {
	t.Helper()
	events, letters, err := e.Hear(t.Context(), opcua.EventFields(said), received)
	require.NoError(t, err)
	require.Empty(t, letters)
	return events
}

func bracket(eventType uint32, at time.Time) map[string]any {
	return map[string]any{"EventType": ua.NewNumericNodeID(0, eventType), "Time": at}
}

func TestAConditionBecomesAnEventWithAllThatItsServerSaid(t *testing.T) {
	t.Parallel()
	events := hear(t, presses(t), oil(nil))
	require.Len(t, events, 1)
	require.Equal(t, pipeline.Event{
		ID: events[0].ID, Source: "press", Asset: "lyon/Press1", Signal: "alarm", Kind: pipeline.Condition,
		Value: pipeline.Bool(true), Quality: pipeline.Good, At: sourceTime, Received: received,
		Attr: map[string]string{
			"node": "i=2253", "endpoint": "opc.tcp://plc:4840", "server_time": "2026-11-21T08:00:00.1434567Z",
			"condition": "nsu=urn:vendor;s=Press1.Oil", "name": "Oil", "event_type": "i=10637", "event_id": "010203",
			"source_node": "nsu=urn:vendor;s=Press1", "source_name": "Press1", "message": "Huile trop chaude", "comment": "Vu",
			"severity": "700", "active": "true", "acked": "false", "confirmed": "true", "retain": "true", "enabled": "true",
			"suppressed": "false", "quality": "0x80050000",
		},
	}, events[0])
	require.Equal(t, events[0].ID, hear(t, presses(t), oil(nil))[0].ID)
}

func TestEachChangeOfAConditionHasItsOwnID(t *testing.T) {
	t.Parallel()
	ids := make(map[pipeline.EventID]bool)
	changes := []map[string]any{
		nil,
		{"EventId": []byte{1, 2, 4}},
		{"Time": serverTime},
		{"ActiveState/Id": false},
		{"AckedState/Id": true},
		{"": ua.NewStringNodeID(1, "Press1.Air")},
		{"SourceName": "Press2"},
		{"BranchId": ua.NewStringNodeID(1, "b")},
	}
	for _, change := range changes {
		ids[hear(t, presses(t), oil(change))[0].ID] = true
	}
	require.Len(t, ids, len(changes))
}

func TestWhatSomebodyKeepsQuietOnTheServerSaysSo(t *testing.T) {
	t.Parallel()
	for path, value := range map[string]any{
		"SuppressedOrShelved": true, "SuppressedState/Id": true, "OutOfServiceState/Id": true,
		"ShelvingState/CurrentState/Id": ua.NewNumericNodeID(0, id.ShelvedStateMachineType_OneShotShelved),
	} {
		require.Equal(t, "true", hear(t, presses(t), oil(map[string]any{path: value}))[0].Attr["suppressed"], path)
	}
	unshelved := map[string]any{"ShelvingState/CurrentState/Id": ua.NewNumericNodeID(0, id.ShelvedStateMachineType_Unshelved)}
	require.Equal(t, "false", hear(t, presses(t), oil(unshelved))[0].Attr["suppressed"])
}

func TestAConditionThatIsNoAlarmIsActiveWhileItIsRetained(t *testing.T) {
	t.Parallel()
	for _, retain := range []bool{true, false} {
		events := hear(t, presses(t), oil(map[string]any{"ActiveState/Id": nil, "Retain": retain}))
		require.Equal(t, pipeline.Bool(retain), events[0].Value)
	}
}

func TestAnEventWithoutAConditionIsNoneOfOurs(t *testing.T) {
	t.Parallel()
	require.Empty(t, hear(t, presses(t), bracket(id.SystemEventType, sourceTime)))
}

func TestARefreshEndsWhatItDoesNotName(t *testing.T) {
	t.Parallel()
	e := presses(t)
	hear(t, e, oil(nil))
	hear(t, e, oil(map[string]any{"": ua.NewStringNodeID(1, "Press1.Air")}))
	require.Empty(t, hear(t, e, bracket(id.RefreshStartEventType, serverTime)))
	require.Len(t, hear(t, e, oil(nil)), 1)
	over := hear(t, e, bracket(id.RefreshEndEventType, serverTime))
	require.Len(t, over, 1)
	require.Equal(t, "nsu=urn:vendor;s=Press1.Air", over[0].Attr["condition"])
	require.Equal(t, pipeline.Bool(false), over[0].Value)
	require.Equal(t, serverTime, over[0].At)
	require.NoError(t, over[0].Validate())
	hear(t, e, bracket(id.RefreshStartEventType, serverTime))
	hear(t, e, oil(nil))
	require.Empty(t, hear(t, e, bracket(id.RefreshEndEventType, serverTime)), "it is over once")
}

func TestARefreshOfWhichSomethingIsLostEndsNothing(t *testing.T) {
	t.Parallel()
	e := presses(t)
	hear(t, e, oil(nil))
	require.Empty(t, hear(t, e, bracket(id.RefreshEndEventType, serverTime)), "its start was lost")
	hear(t, e, bracket(id.RefreshStartEventType, serverTime))
	gaps := hear(t, e, bracket(id.EventQueueOverflowEventType, serverTime))
	require.Len(t, gaps, 1)
	require.Equal(t, pipeline.Gap, gaps[0].Kind)
	require.Equal(t, pipeline.AssetPath("lyon/Press1"), gaps[0].Asset)
	require.Contains(t, gaps[0].Attr["reason"], "overflowed")
	require.Equal(t, 1, e.Wanted(), "all is asked for again")
	require.Empty(t, hear(t, e, bracket(id.RefreshEndEventType, serverTime)))
}

func TestABranchIsToldAndEndsNothing(t *testing.T) {
	t.Parallel()
	e := presses(t)
	hear(t, e, oil(nil))
	branch := hear(t, e, oil(map[string]any{"BranchId": ua.NewStringNodeID(1, "7"), "ActiveState/Id": false}))
	require.Equal(t, "nsu=urn:vendor;s=7", branch[0].Attr["branch"])
	hear(t, e, bracket(id.RefreshStartEventType, serverTime))
	require.Len(t, hear(t, e, bracket(id.RefreshEndEventType, serverTime)), 1, "it was still active")
}

func TestAnUnreadableListOfActiveAlarmsIsAnError(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "alarms.json")
	require.NoError(t, opcua.OpenRoll(file), "the first life has none")
	require.NoError(t, os.WriteFile(file, []byte("[{"), 0o600))
	require.ErrorContains(t, opcua.OpenRoll(file), "read the list of active alarms")
}

// TestTheRollNeverKnowsLessThanTheStream: whatever happens, and whenever the
// program is killed, each alarm that the stream was told is active is on the
// list that the next life reads.
func TestTheRollNeverKnowsLessThanTheStream(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e, err := opcua.NewEars(opcua.Alarm{Asset: "lyon/{source}"}, "urn:vendor")
		require.NoError(t, err)
		stream := make(map[string]bool)
		known := func() {
			listed, err := e.Listed()
			require.NoError(t, err)
			for condition, active := range stream {
				if active {
					require.Contains(t, listed, condition)
				}
			}
		}
		for n := range rapid.IntRange(1, 20).Draw(t, "changes") {
			ctx, kill := context.WithCancel(t.Context())
			before, after := rapid.IntRange(0, 4).Draw(t, "killed before") == 0, rapid.IntRange(0, 4).Draw(t, "killed after") == 0
			e.OnAccept(func(events []pipeline.Event) error {
				if before {
					kill()
					return ctx.Err()
				}
				for _, event := range events {
					stream[event.Attr["condition"]], _ = event.Value.Bool()
				}
				known()
				if after { // the answer does not come through
					kill()
					return ctx.Err()
				}
				return nil
			})
			_, _, err := e.Hear(ctx, opcua.EventFields(someState(t, n)), received)
			known()
			if before || after {
				require.ErrorIs(t, err, context.Canceled)
				require.NoError(t, e.Awake())
			}
			kill()
		}
	})
}

// someState is a change of one of four alarms.
func someState(t *rapid.T, n int) map[string]any {
	return oil(map[string]any{
		"EventId": []byte{byte(n)}, "": ua.NewNumericNodeID(1, rapid.Uint32Range(1, 4).Draw(t, "condition")),
		"ActiveState/Id": rapid.Bool().Draw(t, "active"),
	})
}

func FuzzAnEventOfAnyShapeIsAnEventOrALetter(f *testing.F) {
	f.Add("Press1", "Huile", []byte{1}, uint16(500), int64(1_795_000_000), uint8(0), true)
	f.Add("a/b\x00", "\xff", []byte{}, uint16(0), int64(-1), uint8(3), false)
	f.Fuzz(func(t *testing.T, source, message string, eventID []byte, severity uint16, at int64, shape uint8, active bool) {
		said := oil(map[string]any{
			"SourceName": source, "Message": ua.NewLocalizedText(message), "EventId": eventID, "Severity": severity,
			"Time": time.Unix(at, 0), "ActiveState/Id": active, "": ua.NewStringNodeID(uint16(shape), source),
		})
		if paths := []string{"SourceName", "Message", "Retain", "BranchId", "Time", "Severity", "EventType"}; shape > 200 {
			said[paths[int(shape)%len(paths)]] = &ua.ExtensionObject{} // a type that nobody expects there
		}
		e, err := opcua.NewEars(opcua.Alarm{Asset: "lyon/{source}"}, "urn:vendor")
		require.NoError(t, err)
		events, letters, err := e.Hear(t.Context(), opcua.EventFields(said), received)
		require.NoError(t, err)
		for i := range events {
			require.NoError(t, events[i].Validate())
		}
		require.Equal(t, 1, len(events)+len(letters))
	})
}
