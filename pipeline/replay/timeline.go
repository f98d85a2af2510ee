package replay

import (
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// timeline is what happened to posts in a trial, in order.
type timeline struct {
	moments  []moment
	episodes map[string]int64         // by thread
	held     map[string]editor.Reason // by condition
}

func newTimeline() timeline {
	return timeline{episodes: map[string]int64{}, held: map[string]editor.Reason{}}
}

// moment is one thing that happened to one post, or to a condition that is held
// back.
type moment struct {
	at     time.Time
	word   string // open, bump, close, unstable, held…
	thread string
	rule   string
	asset  pipeline.AssetPath
	titles rule.Title
	detail string
}

// note takes in an edit; silent updates are not told.
func (l *timeline) note(e *editor.Edit) {
	m := moment{at: e.At, thread: e.Key, rule: e.Rule, asset: e.Asset, titles: titleOf(e), word: string(e.Kind)}
	switch e.Kind {
	case rule.Raise:
		m.word = "reopen"
		if episode, before := l.episodes[e.Key]; !before || episode != e.Episode {
			m.word = "open"
			l.episodes[e.Key] = e.Episode
		}
	case rule.Clear, rule.Retire:
		m.word = "close"
	case rule.Spoil:
		m.word = "stale"
	case rule.Freshen:
		m.word = "fresh"
	case editor.Escalate:
		m.detail = "to " + e.To
	case editor.Hold, editor.Release:
		if !l.holds(e, &m) {
			return
		}
	}
	if e.Kind != rule.Update {
		l.moments = append(l.moments, m)
	}
	if e.Bump && m.word != "open" {
		m.word = "bump"
		l.moments = append(l.moments, m)
	}
}

// holds says in m what is held back or released, and tells whether that is
// news.
func (l *timeline) holds(e *editor.Edit, m *moment) bool {
	if e.Held == nil {
		return false
	}
	m.thread, m.detail, m.word = e.Held.Key, string(e.Held.Reason), "held"
	if e.Kind == editor.Release {
		m.word = "released"
		delete(l.held, m.thread)
		return true
	}
	news := l.held[m.thread] != e.Held.Reason
	l.held[m.thread] = e.Held.Reason
	return news
}

// sight is how things stand at one time, and what happened before.
type sight struct {
	open, nowUnstable, nowStale, nowHeld         int
	opened, bumps, closes, unstable, stale, held int
	titles                                       []string
	isOpen, isUnstable, isStale, isHeld          map[string]bool
}

// look is what was seen up to and with that time of what is wanted.
func (l *timeline) look(until time.Time, wanted func(*moment) bool) *sight {
	s := &sight{isOpen: map[string]bool{}, isUnstable: map[string]bool{}, isStale: map[string]bool{}, isHeld: map[string]bool{}}
	for i := range l.moments {
		if m := &l.moments[i]; !m.at.After(until) && wanted(m) {
			s.see(m)
		}
	}
	s.open, s.nowHeld = len(s.isOpen), len(s.isHeld)
	for thread := range s.isOpen {
		if s.isUnstable[thread] {
			s.nowUnstable++
		}
		if s.isStale[thread] {
			s.nowStale++
		}
	}
	return s
}

func (s *sight) see(m *moment) {
	switch m.word {
	case "open":
		s.opened++
		s.isOpen[m.thread] = true
		s.titles = append(s.titles, m.titles.FR, m.titles.EN)
	case "reopen":
		s.isOpen[m.thread] = true
		s.titles = append(s.titles, m.titles.FR, m.titles.EN)
	case "bump":
		s.bumps++
	case "close":
		s.closes++
		delete(s.isOpen, m.thread)
		delete(s.isUnstable, m.thread)
		delete(s.isStale, m.thread)
	case "unstable":
		s.unstable++
		s.isUnstable[m.thread] = true
	case "steady":
		delete(s.isUnstable, m.thread)
	case "stale":
		s.stale++
		s.isStale[m.thread] = true
	case "fresh":
		delete(s.isStale, m.thread)
	case "held":
		s.held++
		s.isHeld[m.thread] = true
	case "released":
		delete(s.isHeld, m.thread)
	}
}

// lines is the timeline as it is read.
func (l *timeline) lines(start time.Time) []string {
	list := make([]string, 0, len(l.moments))
	for _, m := range l.moments {
		line := fmt.Sprintf("%8s  %-9s %s %s", short(m.at.Sub(start)), m.word, m.rule, m.asset)
		switch {
		case m.detail != "":
			line += " (" + m.detail + ")"
		case m.word == "open" && m.titles.FR != "":
			line += ": " + m.titles.FR
		}
		list = append(list, line)
	}
	return list
}

// short is d as people write it: 2m and not 2m0s.
func short(d time.Duration) string {
	text := d.Round(time.Second).String()
	for _, nothing := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, nothing) {
			text = text[:len(text)-2]
		}
	}
	return text
}
