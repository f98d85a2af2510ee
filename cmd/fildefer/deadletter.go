package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

type deadletterCmd struct {
	List   deadletterListCmd   `cmd:"" help:"List input that could not become an event, with the reason."`
	Replay deadletterReplayCmd `cmd:"" help:"Read dead letters again, after the configuration was mended."`
}

type deadletterListCmd struct {
	configFlag
	Body bool `help:"Show the original bytes too."`
}

func (d *deadletterListCmd) run(ctx context.Context, c console) error {
	return withLetters(ctx, d.Config, func(box letterBox) error {
		letters, err := box.list(ctx)
		if err != nil {
			return err
		}
		for _, l := range letters {
			_, _ = fmt.Fprintf(c.out, "%6d  %s  %s  %s\n        %s\n", l.Seq, l.Received.Format(time.RFC3339), printable([]byte(l.Source)), printable([]byte(l.Origin)), printable([]byte(l.Reason)))
			if d.Body {
				_, _ = fmt.Fprintf(c.out, "        %s\n", printable(l.Body))
			}
		}
		_, err = fmt.Fprintf(c.out, "%d dead letters\n", len(letters))
		return err
	})
}

// printable shows bytes from outside on a terminal without letting them act
// there.
func printable(body []byte) string {
	const most = 400
	text := string(body)
	if !utf8.ValidString(text) {
		return fmt.Sprintf("%.*x", most, text)
	}
	return strings.ReplaceAll(strings.Trim(fmt.Sprintf("%.*q", most, text), `"`), `\"`, `"`)
}

type deadletterReplayCmd struct {
	configFlag
	All bool     `help:"Every dead letter."`
	Seq []uint64 `arg:"" optional:"" help:"Numbers, as listed."`
}

func (d *deadletterReplayCmd) run(ctx context.Context, c console) error {
	if d.All == (len(d.Seq) > 0) {
		return errors.New("say which dead letters: numbers as listed, or --all")
	}
	return withLetters(ctx, d.Config, func(box letterBox) error {
		letters, err := box.list(ctx)
		if err != nil {
			return err
		}
		wanted := map[uint64]bool{}
		for _, seq := range d.Seq {
			wanted[seq] = true
		}
		read, left := 0, 0
		for _, l := range letters {
			if !d.All && !wanted[l.Seq] {
				continue
			}
			if err := box.replay(ctx, l.Seq); err != nil {
				left++
				_, _ = fmt.Fprintf(c.out, "%6d  stays: %v\n", l.Seq, err)
				continue
			}
			read++
		}
		_, err = fmt.Fprintf(c.out, "%d read again, %d left\n", read, left)
		return err
	})
}

// letterBox is where dead letters lie: in the running program, or in the stream
// itself when none runs.
type letterBox interface {
	list(ctx context.Context) ([]bus.Letter, error)
	replay(ctx context.Context, seq uint64) error
}

func withLetters(ctx context.Context, file string, fn func(letterBox) error) error {
	cfg, err := loadConfig(file)
	if err != nil {
		return err
	}
	if remote := dialControl(ctx, cfg.Data); remote != nil {
		return fn(remote)
	}
	b, err := bus.Open(ctx, cfg.busOptions(slog.New(slog.DiscardHandler), nil))
	if err != nil {
		return err
	}
	return errors.Join(fn(&streamLetters{cfg: cfg, bus: b}), b.Close())
}

// streamLetters reads and replays the letters of an open stream.
type streamLetters struct {
	cfg *config
	bus *bus.Bus
}

const letterPage = 500

func (s *streamLetters) list(ctx context.Context) ([]bus.Letter, error) {
	var all []bus.Letter
	for after := uint64(0); ; {
		page, err := s.bus.DeadLetters(ctx, after, letterPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < letterPage {
			return all, nil
		}
		after = page[len(page)-1].Seq
	}
}

// replay reads one letter with today's configuration. A letter that still
// cannot be read stays where it is.
func (s *streamLetters) replay(ctx context.Context, seq uint64) error {
	page, err := s.bus.DeadLetters(ctx, seq-1, 1)
	if err != nil {
		return err
	}
	if len(page) == 0 || page[0].Seq != seq {
		return fmt.Errorf("there is no dead letter %d", seq)
	}
	events, err := s.cfg.reread(page[0].DeadLetter)
	if err != nil {
		return err
	}
	if err := s.bus.Accept(ctx, events); err != nil {
		return err
	}
	return s.bus.DropLetter(ctx, seq)
}

// reread lets the source that a letter came from try again. A letter that holds
// an event, which the rules or the feed could not take, is that event.
func (c *config) reread(l pipeline.DeadLetter) ([]pipeline.Event, error) {
	if e, err := pipeline.Decode(l.Body); err == nil {
		return []pipeline.Event{e}, nil
	}
	for _, s := range c.Sources {
		if s.Name != l.Source {
			continue
		}
		if r, ok := s.reader(); ok {
			return r(l)
		}
		return nil, fmt.Errorf("input of %s cannot be read again from here: mend it at its source", l.Source)
	}
	return nil, fmt.Errorf("the source %q is no longer configured", l.Source)
}

// reader is how the source reads one of its dead letters again.
func (s sourceConfig) reader() (func(pipeline.DeadLetter) ([]pipeline.Event, error), bool) {
	if s.MQTT == nil {
		return nil, false
	}
	return func(l pipeline.DeadLetter) ([]pipeline.Event, error) {
		m, err := mqtt.NewMapper(s.Name, *s.MQTT)
		if err != nil {
			return nil, err
		}
		return m.Events(l.Attr["topic"], l.Body, l.Received)
	}, true
}
