package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fildefer/fildefer/feed/store/storetest"
)

const (
	killCycles  = 50
	maxKills    = 500 // where too little is acknowledged to compare
	killMaxLife = 1200 * time.Millisecond
	killThreads = 4 // of what people do at once
)

const killConfig = `
database: %s
territories:
  - {path: plant, name: Usine, kind: site}
  - {path: plant/line, name: Ligne, kind: line}
sources:
  - name: machines
    mqtt:
      url: tcp://%s
      subscriptions:
        - filter: plant/line/+/telemetry
          topic: plant/line/{asset}/telemetry
          asset: plant/line/{asset}
          time: ts
rules: [rules.yaml]
`

// What asks nobody for anything is never held back: each machine has its post.
const killRules = `
rules:
  - id: hot
    kind: limit
    signal: temp
    match: {asset: "plant/line/*"}
    high: 80
    topic: maintenance
    severity: info
    title: {fr: "{asset} : {value|1}", en: "{asset}: {value|1}"}
`

// TestKillLosesNothingAndDoublesNothing kills the program at random moments
// under load, fifty times and until enough was acknowledged, and compares what it
// shows in the end with that: by the broker to machines, by the API to people.
func TestKillLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(*testing.T) string { return "sqlite" },
		"PostgreSQL": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killAndCompare(t, database(t))
		})
	}
}

func killAndCompare(t *testing.T, database string) {
	t.Helper()
	broker := mosquitto(t)
	in := install(t, fmt.Sprintf(killConfig, database, broker), map[string]string{"rules.yaml": killRules})
	in.member(t, "karim", "Karim", "operator@plant")
	in.member(t, "lea", "Léa", "lead@plant")
	in.member(t, "nadia", "Nadia", "operator@plant")
	in.serve(t)
	p := people{author: in.signIn(t, "karim"), lead: in.signIn(t, "lea"), owner: in.signIn(t, "nadia")}

	l := newLedger()
	var stop atomic.Bool
	var load sync.WaitGroup
	publish := publisher(t, broker, "machines")
	load.Go(func() { machineLoad(publish, l, &stop) })
	for i := range killThreads {
		load.Go(func() { peopleLoad(t, p, i, l, &stop) })
	}

	random := rand.New(rand.NewPCG(1, 2))
	for !t.Failed() && (l.kills < killCycles || l.kills < maxKills && !l.isReal()) {
		<-time.After(time.Duration(random.Int64N(int64(killMaxLife))))
		in.kill()
		l.kills++
		in.serve(t)
	}
	stop.Store(true)
	load.Wait()
	l.verify(t, p)
}

// people are who has ideas, who decides on them, and who does what follows.
type people struct{ author, lead, owner *client }

// machineLoad lets a new machine get hot every few milliseconds.
func machineLoad(publish func(topic, payload string) error, l *ledger, stop *atomic.Bool) {
	for n := 0; !stop.Load(); n++ {
		asset := fmt.Sprintf("m%05d", n)
		payload := fmt.Sprintf(`{"ts":%d,"temp":%d}`, time.Now().UnixMilli(), 81+n%10)
		if publish("plant/line/"+asset+"/telemetry", payload) == nil {
			l.note(func() { l.machines["plant/line/"+asset] = true })
		}
		<-time.After(5 * time.Millisecond)
	}
}

// peopleLoad posts ideas, comments on them and decides on them, and tries each
// again under the same key until the program has answered. Several do so at once,
// each with numbers of its own.
func peopleLoad(t *testing.T, p people, n int, l *ledger, stop *atomic.Bool) {
	for ; !stop.Load(); n += killThreads {
		key, text := fmt.Sprintf("idea-%d", n), fmt.Sprintf("idée %d", n)
		var made post
		if !insist(t, p.author, stop, "/api/v1/posts", key, map[string]string{"kind": "idea", "territory": "plant/line", "text": text}, &made) {
			return
		}
		l.note(func() { l.posts[key] = text })
		at, reply := "/api/v1/posts/"+made.ID, fmt.Sprintf("réponse %d", n)
		if !insist(t, p.author, stop, at+"/comments", "c"+key, map[string]string{"text": reply}, nil) {
			return
		}
		l.note(func() { l.comments[reply] = made.ID })
		word := decisionOn(n)
		l.note(func() { l.decisions[made.ID] = word })
		if !insist(t, p.lead, stop, at+"/decide", "d"+key, word, nil) {
			return
		}
		l.note(func() { word.acknowledged = true })
	}
}

// decisionOn accepts every second idea.
func decisionOn(n int) *decision {
	d := &decision{Outcome: "refused", Reason: fmt.Sprintf("motif %d", n)}
	if n%2 == 0 {
		d.Outcome, d.Owner, d.Due = "accepted", "nadia", time.Now().UTC().AddDate(0, 1, 0).Truncate(24*time.Hour)
	}
	return d
}

// insist repeats a write under its key until it is acknowledged.
func insist(t *testing.T, c *client, stop *atomic.Bool, path, key string, body, reply any) bool {
	for !stop.Load() {
		status, err := c.call(t.Context(), "POST", path, key, body, reply)
		switch {
		case err == nil && (status == http.StatusCreated || status == http.StatusOK):
			return true
		case err == nil && status < 500:
			t.Errorf("POST %s: %d", path, status)
			return false
		}
		<-time.After(10 * time.Millisecond)
	}
	return false
}
