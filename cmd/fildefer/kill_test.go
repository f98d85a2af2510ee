package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/store/storetest"
)

const (
	killCycles  = 50
	killMaxLife = 1200 * time.Millisecond
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

// ledger counts what was acknowledged to the outside world.
type ledger struct {
	mu       sync.Mutex
	machines map[string]bool   // asset of each acknowledged alarm
	posts    map[string]string // idempotency key → text, of acknowledged posts
	comments map[string]string // text → post, of acknowledged comments
}

// TestKillLosesNothingAndDoublesNothing kills the program at random moments
// under load, fifty times, and compares what it shows in the end with what was
// acknowledged: by the broker to machines, by the API to people.
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
	in.serve(t)
	person := in.signIn(t, "karim")

	l := &ledger{machines: map[string]bool{}, posts: map[string]string{}, comments: map[string]string{}}
	var stop atomic.Bool
	var load sync.WaitGroup
	publish := publisher(t, broker, "machines")
	load.Go(func() { machineLoad(publish, l, &stop) })
	load.Go(func() { peopleLoad(t, person, l, &stop) })

	random := rand.New(rand.NewPCG(1, 2))
	for range killCycles {
		<-time.After(time.Duration(random.Int64N(int64(killMaxLife))))
		in.kill()
		in.serve(t)
	}
	stop.Store(true)
	load.Wait()
	verify(t, person, l)
}

// machineLoad lets a new machine get hot every few milliseconds.
func machineLoad(publish func(topic, payload string) error, l *ledger, stop *atomic.Bool) {
	for n := 0; !stop.Load(); n++ {
		asset := fmt.Sprintf("m%05d", n)
		payload := fmt.Sprintf(`{"ts":%d,"temp":%d}`, time.Now().UnixMilli(), 81+n%10)
		if publish("plant/line/"+asset+"/telemetry", payload) == nil {
			l.mu.Lock()
			l.machines["plant/line/"+asset] = true
			l.mu.Unlock()
		}
		<-time.After(5 * time.Millisecond)
	}
}

// peopleLoad posts ideas and comments on them, and tries again under the same
// key until the program has answered.
func peopleLoad(t *testing.T, c *client, l *ledger, stop *atomic.Bool) {
	for n := 0; !stop.Load(); n++ {
		key, text := fmt.Sprintf("idea-%d", n), fmt.Sprintf("idée %d", n)
		var made post
		if !insist(t, c, stop, "/api/v1/posts", key, map[string]string{"kind": "idea", "territory": "plant/line", "text": text}, &made) {
			return
		}
		l.mu.Lock()
		l.posts[key] = text
		l.mu.Unlock()
		reply := fmt.Sprintf("réponse %d", n)
		if !insist(t, c, stop, "/api/v1/posts/"+made.ID+"/comments", "c"+key, map[string]string{"text": reply}, nil) {
			return
		}
		l.mu.Lock()
		l.comments[reply] = made.ID
		l.mu.Unlock()
	}
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

func verify(t *testing.T, c *client, l *ledger) {
	t.Helper()
	require.Greater(t, len(l.machines), 1000, "the load was real")
	require.Greater(t, len(l.posts), 50, "the load was real")
	shown := alerts(t, c, len(l.machines))
	for asset := range l.machines {
		require.Equal(t, 1, shown[asset], "posts of %s", asset)
	}

	ideas, err := c.feed(t.Context(), "kind=idea")
	require.NoError(t, err)
	texts := map[string]int{}
	for _, p := range ideas {
		texts[p.Text]++
	}
	for key, text := range l.posts {
		require.Equal(t, 1, texts[text], "posts of %s", key)
	}
	lost := 0
	for text, id := range l.comments {
		var detail struct{ Thread []struct{ Text string } }
		_, err := c.call(t.Context(), "GET", "/api/v1/posts/"+id, "", nil, &detail)
		require.NoError(t, err)
		if len(detail.Thread) != 1 || detail.Thread[0].Text != text {
			lost++
		}
	}
	require.Zero(t, lost, "comments lost or doubled")
	for query, want := range map[string]int{"kind=alert": len(l.machines), "q=id%C3%A9e&kind=idea": len(l.posts), "q=r%C3%A9ponses": len(l.comments)} {
		require.Eventually(t, func() bool {
			found, err := found(t.Context(), c, query)
			require.NoError(t, err)
			return len(found) >= want
		}, time.Minute, 200*time.Millisecond, "the search passes over none of %s", query)
	}
	t.Logf("ledger after %d kills: %d machine events, %d posts, %d comments: 0 lost, 0 doubled",
		killCycles, len(l.machines), len(l.posts), len(l.comments))
}

// alerts counts the posts of each asset once so many assets have one: what
// waited in the stream may take its time, as long as more posts come.
func alerts(t *testing.T, c *client, assets int) map[string]int {
	t.Helper()
	for shown, since := map[string]int{}, time.Now(); ; {
		all, err := c.feed(t.Context(), "kind=alert")
		require.NoError(t, err)
		before := len(shown)
		clear(shown)
		for _, p := range all {
			shown[p.Asset]++
		}
		if len(shown) >= assets {
			return shown
		}
		if len(shown) > before {
			since = time.Now()
		}
		require.Less(t, time.Since(since), time.Minute, "%d of %d acknowledged machine events have their post, and for a minute no more came", len(shown), assets)
		<-time.After(time.Second)
	}
}

// found lists what the search finds, each post and comment once.
func found(ctx context.Context, c *client, query string) (map[string]bool, error) {
	all := map[string]bool{}
	for cursor := ""; ; {
		var page struct {
			Results []struct {
				Post    struct{ ID string }
				Comment *struct{ ID string }
			}
			Next string
		}
		status, err := c.call(ctx, "GET", "/api/v1/search?limit=100&"+query+"&cursor="+cursor, "", nil, &page)
		if err != nil {
			return nil, fmt.Errorf("search %s: %w", query, err)
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("search %s: %d", query, status)
		}
		for _, r := range page.Results {
			id := r.Post.ID
			if r.Comment != nil {
				id += "/" + r.Comment.ID
			}
			all[id] = true
		}
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}
