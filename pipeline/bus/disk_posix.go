//go:build linux || darwin || freebsd

package bus

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// freeDisk is what an ordinary user may still write below dir.
func freeDisk(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("free space of %s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil //nolint:unconvert // Bsize has 32 bits on ARM
}

// lockDir keeps a second server off dir until the file is closed, or until this
// process ends in whatever way.
func lockDir(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock of %s: %w", dir, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("directory %s is in use by another process: %w", dir, err)
	}
	return f, nil
}
