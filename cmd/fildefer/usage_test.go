package main_test

import (
	"fmt"
	"net/http"
	"path"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const pressesConfig = `
territories:
  - {path: plant, name: Usine, kind: site}
  - {path: plant/hall-a, name: Halle A, kind: workshop}
  - {path: plant/hall-b, name: Halle B, kind: workshop}
sources:
  - name: machines
    mqtt:
      url: tcp://%s
      subscriptions: [{topic: "{hall}/{asset}/telemetry", asset: "plant/{hall}/{asset}", unit: {tonnage: kN, oil: Cel}}]
rules: [house.yaml]
`

const houseRules = `
rules:
- {id: hot, kind: limit, signal: oil, match: {asset: "**"}, high: 90, topic: maintenance, severity: minor, title: {fr: "{asset} chaude", en: "{asset} hot"}}
`

// TestAUsageBringsItsRules follows the rules of a usage through the house: they
// listen where it is in use and nowhere else, go on after a restart, and fall
// silent with it.
func TestAUsageBringsItsRules(t *testing.T) {
	t.Parallel()
	broker := mosquitto(t)
	in := install(t, fmt.Sprintf(pressesConfig, broker), map[string]string{"house.yaml": houseRules})
	in.member(t, "zoe", "Zoé", "manager@plant")
	in.serve(t)
	zoe := in.signIn(t, "zoe")
	publish := publisher(t, broker, "presses")
	overload := func() {
		for _, press := range []string{"hall-b/press-2", "hall-a/press-1"} {
			require.NoError(t, publish(press+"/telemetry", `{"tonnage": 1700, "oil": 95}`))
		}
	}
	use := func(method string) {
		status, err := zoe.call(t.Context(), method, "/api/v1/usages/press-shop?territory=plant/hall-a", "", nil, nil)
		require.NoError(t, err)
		require.Less(t, status, http.StatusMultipleChoices)
	}
	listening := func() (rules map[string]string) {
		var list struct{ Rules []struct{ ID, Match string } }
		_, err := zoe.call(t.Context(), "GET", "/api/v1/rules", "", nil, &list)
		require.NoError(t, err)
		rules = map[string]string{}
		for _, r := range list.Rules {
			rules[r.ID] = r.Match
		}
		return rules
	}
	await := func(what string, fits func(map[string]post) bool) {
		t.Helper()
		var alerts map[string]post
		require.Eventually(t, func() bool {
			posts, err := zoe.feed(t.Context(), "")
			alerts = map[string]post{}
			for _, p := range posts {
				if p.Kind == "alert" {
					alerts[path.Base(p.Asset)+" "+p.Signal] = p
				}
			}
			return err == nil && fits(alerts)
		}, time.Minute, 100*time.Millisecond, "%s\n%s", what, in.log)
	}
	const overloaded = "press-1 tonnage"

	require.Equal(t, map[string]string{"hot": "**"}, listening())
	use("PUT")
	require.Eventually(t, func() bool { return listening()["tonnage"] == "**/press-* · plant/hall-a" }, time.Minute, 100*time.Millisecond, "%s", in.log)
	overload()
	await("the press of that hall, and what the house says of both", func(alerts map[string]post) bool {
		return len(alerts) == 3 && alerts[overloaded].Active && alerts["press-1 oil"].Active && alerts["press-2 oil"].Active
	})

	in.stop(t, syscall.SIGTERM)
	in.serve(t)
	require.Contains(t, listening(), "tonnage", "they are there from the first event on")
	await("nothing has changed", func(alerts map[string]post) bool { return len(alerts) == 3 && alerts[overloaded].Active })

	use("DELETE")
	await("its post closes with its rule", func(alerts map[string]post) bool {
		return len(alerts) == 3 && !alerts[overloaded].Active && alerts["press-1 oil"].Active
	})
	require.Equal(t, map[string]string{"hot": "**"}, listening())
}
