package erp

import (
	"fmt"
	"os"
	"path/filepath"
)

// history is the state folder: what was imported, the last snapshot, and the
// rows of a ledger that were given.
type history struct {
	dir     string
	imports *imports
	once    *once
}

func openHistory(dir string) (*history, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open state folder: %w", err)
	}
	torn, err := filepath.Glob(filepath.Join(dir, ".next-*"))
	if err != nil {
		return nil, fmt.Errorf("open state folder: %w", err)
	}
	for _, path := range torn {
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("open state folder: %w", err)
		}
	}
	h := &history{dir: dir}
	if h.imports, err = openImports(filepath.Join(dir, "imports.jsonl")); err != nil {
		return nil, err
	}
	if h.once, err = openOnce(filepath.Join(dir, "ledger.keys")); err != nil {
		return nil, err
	}
	return h, nil
}

// reading begins to read a file in the configured mode.
func (h *history) reading(p *plan, source, content string) (reading, error) {
	if p.cfg.Ledger != nil {
		return newLedgerReading(p, source, content, h), nil
	}
	return newSnapshotReading(p, source, content, filepath.Join(h.dir, "snapshot.jsonl"))
}
