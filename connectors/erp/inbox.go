package erp

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// acceptSuffix behind a name releases a file that is held.
const acceptSuffix = ".accept"

// inbox watches the folder into which files are dropped. It compares what it
// observes with what it observed before, and never a file's time with its own
// clock: the two may belong to different machines.
type inbox struct {
	cfg  *Config
	seen map[string]observation
}

// observation is a file that did not change for some polls.
type observation struct {
	size     int64
	modified time.Time
	since    time.Time
	polls    int
}

// waiting is a file that is wholly written.
type waiting struct {
	file     string // as it lies in the folder
	size     int64
	modified time.Time
}

// name is the file's name without the suffix that releases it.
func (w waiting) name() string { return strings.TrimSuffix(w.file, acceptSuffix) }

// ready lists the files that are wholly written, oldest first.
func (b *inbox) ready(root *os.Root, now time.Time) ([]waiting, error) {
	files, err := b.list(root)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]observation, len(files))
	var ready []waiting
	for _, w := range files {
		o := b.seen[w.file]
		if o.size != w.size || !o.modified.Equal(w.modified) {
			o = observation{size: w.size, modified: w.modified, since: now}
		}
		o.polls++
		seen[w.file] = o
		if o.polls >= b.cfg.Ready.Polls && now.Sub(o.since) >= b.cfg.Ready.MinAge {
			ready = append(ready, w)
		}
	}
	b.seen = seen
	return ready, nil
}

// list returns the regular files whose names match. Links are not followed.
func (b *inbox) list(root *os.Root) ([]waiting, error) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", b.cfg.Dir, err)
	}
	var files []waiting
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !b.matches(entry.Name()) {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // renamed between the two looks
		}
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", b.cfg.Dir, err)
		}
		files = append(files, waiting{file: entry.Name(), size: info.Size(), modified: info.ModTime()})
	}
	slices.SortFunc(files, func(a, b waiting) int {
		return cmp.Or(a.modified.Compare(b.modified), strings.Compare(a.file, b.file))
	})
	return files, nil
}

func (b *inbox) matches(file string) bool {
	match := func(pattern string) bool {
		ok, _ := path.Match(pattern, strings.TrimSuffix(file, acceptSuffix)) // patterns are checked by Validate
		return ok
	}
	return slices.ContainsFunc(b.cfg.Match, match) && !slices.ContainsFunc(b.cfg.Ready.Ignore, match)
}
