package erp

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A claim names the content whose events are being stored. Should it never be
// settled, because the file was replaced while the sink was out or after a
// crash, then what is known downstream is a mixture of two snapshots, and the
// next one must say everything.

// claim is made before the first event of an import.
func (s *snapshotReading) claim() error {
	if s.claimed {
		return nil
	}
	s.claimed = true
	return replaceFile(s.claimPath(), func(w io.Writer) error {
		_, err := io.WriteString(w, s.content)
		return err
	})
}

// unsettled tells whether the events of another content were begun and never
// settled.
func (s *snapshotReading) unsettled() (bool, error) {
	claim, err := os.ReadFile(s.claimPath())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the claim: %w", err)
	}
	return string(claim) != s.content && string(claim) != s.last.header.Content, nil
}

// disclaim follows the settlement. A crash before it leaves the claim of the
// content that is settled, which says nothing.
func (s *snapshotReading) disclaim() error {
	if err := os.Remove(s.claimPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop the claim: %w", err)
	}
	return nil
}

func (s *snapshotReading) claimPath() string { return s.path + ".claim" }
