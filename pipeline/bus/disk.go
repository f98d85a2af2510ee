package bus

import (
	"fmt"
	"io/fs"
	"path/filepath"
)

// affordable bounds want by half of what the disk can give to dir. What dir
// already holds counts as given: a restart must not shrink the stream. On a
// full disk a little is granted still, since no cap at all is no answer.
func affordable(dir string, want int64) (int64, error) {
	free, err := freeDisk(dir)
	if err != nil {
		return 0, err
	}
	var used int64
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		used += info.Size()
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("size of %s: %w", dir, err)
	}
	return min(want, max((free+used)/2, minFree)), nil
}
