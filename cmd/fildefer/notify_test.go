package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const mailConfig = `
mail: {host: 127.0.0.1, port: %d, tls: none, from: "Fildefer <fildefer@plant.example>", url: "https://fil.plant.example"}
territories:
  - {path: plant, name: Usine, kind: site}
  - {path: plant/line, name: Ligne, kind: line}
rules: [rules.yaml]
`

// alwaysOn has a shift work at every hour: there is no silence.
const alwaysOn = `
calendars:
- territory: plant
  zone: Europe/Paris
  shifts:
  - {name: jour, from: "06:00", to: "18:00"}
  - {name: nuit, from: "18:00", to: "06:00"}
`

// letters are what a mail server took: how often each message, by its id, and
// what each was about.
type letters struct {
	mu     sync.Mutex
	taken  map[string]int
	bodies map[string]string
}

// mailServer starts a real one, which keeps a ledger.
func mailServer(t *testing.T) (port int, l *letters) {
	t.Helper()
	server := exec.Command("node", "mailbox.mjs")
	server.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
	in, err := server.StdinPipe()
	require.NoError(t, err)
	out, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	require.NoError(t, err)
	port, err = strconv.Atoi(strings.TrimSpace(first))
	require.NoError(t, err)
	l = &letters{taken: map[string]int{}, bodies: map[string]string{}}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			text, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			l.take(text)
		}
	}()
	t.Cleanup(func() {
		_ = in.Close()
		<-ended
		_ = server.Wait()
	})
	return port, l
}

func (l *letters) take(text string) {
	var m struct{ Raw string }
	if json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	msg, err := mail.ReadMessage(strings.NewReader(m.Raw))
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.taken[msg.Header.Get("Message-ID")]++
	l.bodies[msg.Header.Get("Message-ID")] = m.Raw
}

// count is how many messages there are, and how many came more than once.
func (l *letters) count() (messages, doubled int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.taken {
		if n > 1 {
			doubled++
		}
	}
	return len(l.taken), doubled
}

// about is how many messages are about a post.
func (l *letters) about(id string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, raw := range l.bodies {
		if strings.Contains(strings.ReplaceAll(raw, "=\r\n", ""), "/post/"+id) {
			n++
		}
	}
	return n
}

// TestKillLosesNoLetter kills the program at random moments while people are
// asked, and counts what the mail server took: each letter at least once, and
// one that came twice has the same Message-ID.
func TestKillLosesNoLetter(t *testing.T) {
	t.Parallel()
	port, ledger := mailServer(t)
	in := install(t, fmt.Sprintf(mailConfig, port), map[string]string{"rules.yaml": alwaysOn + killRules})
	cmd := exec.CommandContext(t.Context(), binary(t), "member", "add", "--config", in.config, "--name", "Awa", "--pin-stdin",
		"--email", "awa@plant.example", "--grant", "lead@plant", "awa")
	cmd.Stdin = strings.NewReader("1234\n")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	in.member(t, "ana", "Ana", "manager@plant")
	in.serve(t)
	asker := in.signIn(t, "ana")

	var asked []string
	stop := make(chan struct{})
	var load sync.WaitGroup
	load.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if id, ok := ask(t, asker, n); ok {
				asked = append(asked, id)
			}
		}
	})
	random := rand.New(rand.NewPCG(1, 2))
	const kills = 12
	for range kills {
		<-time.After(time.Duration(random.Int64N(int64(1500 * time.Millisecond))))
		in.kill()
		in.serve(t)
	}
	close(stop)
	load.Wait()
	require.Greater(t, len(asked), 100, "the load was real")
	require.Eventually(t, func() bool {
		messages, _ := ledger.count()
		return messages >= len(asked)
	}, 4*time.Minute, 100*time.Millisecond, "every letter comes, those that a dead program had when their lease ends")
	for _, id := range asked {
		require.Equal(t, 1, ledger.about(id), "letters about %s, by their Message-ID", id)
	}
	messages, doubled := ledger.count()
	require.LessOrEqual(t, doubled, kills, "a letter comes twice only when the program dies between the server's answer and its own commit")
	t.Logf("after %d kills: %d asked, %d letters, %d of them twice under the same Message-ID, 0 lost", kills, len(asked), messages, doubled)
}

// ask reports something and asks the lead, and tells whether both were
// acknowledged.
func ask(t *testing.T, c *client, n int) (id string, ok bool) {
	var made post
	key := fmt.Sprintf("point-%d", n)
	for _, step := range []struct {
		path string
		body map[string]string
	}{
		{"/api/v1/posts", map[string]string{"kind": "stop-point", "territory": "plant/line", "text": fmt.Sprintf("arrêt %d", n)}},
		{"/assign", map[string]string{"role": "lead"}},
	} {
		into := any(&made)
		if step.path == "/assign" {
			step.path, into = "/api/v1/posts/"+made.ID+step.path, nil
		}
		deadline := time.Now().Add(30 * time.Second)
		for done := false; !done; {
			status, err := c.call(t.Context(), "POST", step.path, key, step.body, into)
			done = err == nil && status < 300
			if !done && time.Now().After(deadline) {
				return "", false
			}
			if !done {
				<-time.After(10 * time.Millisecond)
			}
		}
		key = "assign-" + key
	}
	return made.ID, true
}
