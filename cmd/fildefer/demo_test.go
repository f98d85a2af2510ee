package main_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDemo is a newcomer's first day: an empty folder, a past, a plant that
// lives, screens that everybody can use, Ctrl-C, and the day after.
func TestDemo(t *testing.T) {
	t.Parallel()
	demo := &installation{dir: filepath.Join(t.TempDir(), "demo")}
	demo.demonstrate(t)
	ready := time.Now()
	person := demo.signIn(t, "manager")

	t.Run("has a past with conversations that ended", func(t *testing.T) {
		ended, err := person.feed(t.Context(), "state=ended")
		require.NoError(t, err)
		talked := 0
		for _, p := range ended {
			talked += p.Comments
		}
		require.Greater(t, len(ended), 10)
		require.Greater(t, talked, 10)
	})
	t.Run("has each idea once", func(t *testing.T) {
		ideas, err := person.feed(t.Context(), "kind=idea")
		require.NoError(t, err)
		seen := map[string]bool{}
		for _, p := range ideas {
			require.False(t, seen[p.Title], p.Title)
			seen[p.Title] = true
		}
		require.Greater(t, len(seen), 5)
	})
	t.Run("tells what was done the last time, and what a shift hands over", func(t *testing.T) {
		all, err := person.feed(t.Context(), "")
		require.NoError(t, err)
		past, sheets := 0, 0
		for _, p := range all {
			if p.Kind == "handover" {
				sheets++
			}
			if p.Past != nil && p.Past.Cause != "" && p.Past.Action != "" {
				past++
			}
		}
		require.Positive(t, sheets, "eight hours hold the end of a shift")
		require.Positive(t, past)
	})
	t.Run("floods nobody with what is open", func(t *testing.T) {
		open, err := person.feed(t.Context(), "state=open")
		require.NoError(t, err)
		require.LessOrEqual(t, len(open), 15)
	})
	t.Run("shows an order while it is made", func(t *testing.T) {
		before := order(t, person)
		require.Positive(t, before.Run.Target)
		require.Eventually(t, func() bool {
			now := order(t, person)
			return now.ID != before.ID || now.Run.Count > before.Run.Count
		}, time.Minute, time.Second)
	})
	t.Run("makes one post of the machines of a line that stops, and lists those", func(t *testing.T) {
		require.Eventually(t, func() bool {
			stops, err := person.feed(t.Context(), "state=open&topic=stop")
			require.NoError(t, err)
			held := person.held(t)
			return slices.ContainsFunc(stops, func(p post) bool { return p.Total > 1 && slices.Contains(held, p.ID) })
		}, 3*time.Minute, time.Second)
	})
	t.Run("machines, the ERP and people post within a minute", func(t *testing.T) {
		require.Eventually(t, func() bool {
			all, err := person.feed(t.Context(), "")
			require.NoError(t, err)
			before, since := map[string]int{}, map[string]int{}
			for _, p := range all {
				before[p.Author.Kind]++
				if p.OpenedAt.After(ready) {
					since[p.Author.Kind]++
				}
			}
			return before["machine"] > 0 && before["erp"] > 0 && before["person"] > 0 && since["person"] > 0
		}, time.Minute, time.Second)
	})
	t.Run("every screen can be used by everybody", func(t *testing.T) {
		requireScreens(t, demo.url)
		story(t, "audit.mjs", demo.url)
	})
	t.Run("the tasks of a line take as few touches as gloves and noise allow", func(t *testing.T) {
		story(t, "line.mjs", demo.url, demo.machines(t))
	})
	t.Run("a shared tablet changes hands and keeps nothing of who had it", func(t *testing.T) {
		story(t, "badge.mjs", demo.url)
	})
	t.Run("whoever steers a place asks, decides and sees in few clicks", func(t *testing.T) {
		story(t, "direct.mjs", demo.url)
	})
	t.Run("the tasks of an aisle take as few touches as they may", func(t *testing.T) {
		story(t, "aisle.mjs", demo.url, t.ArtifactDir())
	})
	t.Run("what is written without a network arrives once, whoever has the device by then", func(t *testing.T) {
		story(t, "offline.mjs", demo.url)
	})
	t.Run("a newer version of the screens waits for what is unsent, then takes over when asked", func(t *testing.T) {
		story(t, "update.mjs", demo.url)
	})
	t.Run("ends with Ctrl-C and goes on with the same past", func(t *testing.T) {
		before := opened(t, person, ready)
		demo.stop(t, os.Interrupt)
		require.NoError(t, demo.err, "%s", demo.log)
		demo.demonstrate(t)
		require.ElementsMatch(t, before, opened(t, demo.signIn(t, "manager"), ready))
		demo.stop(t, os.Interrupt)
		require.NoError(t, demo.err, "%s", demo.log)
	})
}

// demonstrate starts the demo and waits until it is ready.
func (in *installation) demonstrate(t *testing.T) {
	t.Helper()
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	in.url = "http://" + addr
	in.process = start(t, binary(t), "demo", "--listen", addr, "--data", in.dir)
	in.await(t, 10*time.Minute)
}

// machines is the address at which the demo hears machines, which it says once
// it is ready.
func (in *installation) machines(t *testing.T) string {
	t.Helper()
	said := regexp.MustCompile(`tcp://[\d.:]+`)
	require.Eventually(t, func() bool { return said.MatchString(in.log.String()) }, time.Minute, 10*time.Millisecond)
	return said.FindString(in.log.String())
}

// order is the post of the order that the line works on.
func order(t *testing.T, c *client) post {
	t.Helper()
	running, err := c.feed(t.Context(), "state=open&kind=production")
	require.NoError(t, err)
	require.Len(t, running, 1)
	require.NotNil(t, running[0].Run)
	return running[0]
}

// held is which posts stand for conditions that are held back.
func (c *client) held(t *testing.T) []string {
	t.Helper()
	var list struct{ Held []struct{ Reason, By string } }
	status, err := c.call(t.Context(), "GET", "/api/v1/held", "", nil, &list)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
	var posts []string
	for _, h := range list.Held {
		posts = append(posts, h.By)
	}
	return posts
}

// opened is which posts were opened before an instant.
func opened(t *testing.T, c *client, before time.Time) []string {
	t.Helper()
	all, err := c.feed(t.Context(), "")
	require.NoError(t, err)
	var ids []string
	for _, p := range all {
		if p.OpenedAt.Before(before) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
