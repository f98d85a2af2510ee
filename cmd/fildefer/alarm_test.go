package main_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const alarmConfig = `
territories:
  - {path: plant, name: Usine, kind: site}
  - {path: plant/press-1, name: Presse 1, kind: machine}
sources:
  - name: presses
    opcua:
      endpoint: %s
      publishing_interval: 100ms
      reconnect_max: 1s
      alarms: [{asset: "plant/{source}"}]
rules: [rules.yaml]
`

const alarmRules = `
rules:
  - id: server-alarm
    kind: condition
    signal: alarm
    match: {asset: "plant/**"}
    topic: maintenance
    severity: minor
    title: {fr: "{asset} : {message}", en: "{asset}: {message}"}
`

// TestAnAlarmOfAServerIsOnePost follows an alarm of node-opcua through the
// whole house: from the server to what a person reads.
func TestAnAlarmOfAServerIsOnePost(t *testing.T) {
	t.Parallel()
	far := startFarside(t)
	far.ask(t, map[string]any{"op": "tank", "node": "press-1"})
	in := install(t, fmt.Sprintf(alarmConfig, far.endpoint), map[string]string{"rules.yaml": alarmRules})
	in.member(t, "karim", "Karim", "operator@plant")
	far.ask(t, map[string]any{"op": "alarm", "node": "press-1", "active": true, "severity": 700, "message": "Huile trop chaude"})
	in.serve(t)
	karim := in.signIn(t, "karim")
	await := func(what string, fits func(post) bool) {
		t.Helper()
		var posts []post
		require.Eventually(t, func() bool {
			var err error
			posts, err = karim.feed(t.Context(), "")
			return err == nil && len(posts) == 1 && fits(posts[0])
		}, time.Minute, 100*time.Millisecond, "%s: %v\n%s", what, posts, in.log)
	}
	await("active before the program was", func(p post) bool {
		return p.Active && p.Title == "Presse 1 : Huile trop chaude" && p.Asset == "plant/press-1"
	})
	far.ask(t, map[string]any{"op": "acknowledge", "node": "press-1", "comment": "Vu"})
	far.ask(t, map[string]any{"op": "alarm", "node": "press-1", "active": false})
	await("over", func(p post) bool { return !p.Active && p.BackTo })
}
