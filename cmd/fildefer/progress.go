package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
)

// progressBar shows how far something is in one line of a terminal; anywhere
// else it says nothing.
type progressBar struct {
	out   io.Writer // nil: no terminal
	mu    sync.Mutex
	start time.Time
	shown time.Time
}

// progressEvery is how often the line changes.
const progressEvery = 200 * time.Millisecond

func newProgressBar(out io.Writer) *progressBar {
	b := &progressBar{start: time.Now()}
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			b.out = out
		}
	}
	return b
}

func (b *progressBar) show(p replay.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.out == nil || time.Since(b.shown) < progressEvery {
		return
	}
	b.shown = time.Now()
	pace := float64(p.Events) / time.Since(b.start).Seconds()
	_, _ = fmt.Fprintf(b.out, "\r\x1b[K%3.0f %%  %s, %s", p.Share*100, amount(float64(p.Events), "events"), amount(pace, "a second"))
}

// clear removes the line.
func (b *progressBar) clear() {
	if b.out != nil {
		_, _ = fmt.Fprint(b.out, "\r\x1b[K")
	}
}
