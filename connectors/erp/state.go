package erp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// stateHeader is the first line of a state file: which import wrote it.
type stateHeader struct {
	Number   int64     `json:"number"` // counts imports; it makes event ids
	Key      []string  `json:"key"`    // the configured key: another one makes another state
	Content  string    `json:"content"`
	Name     string    `json:"name"`
	Modified time.Time `json:"modified"`
}

// stateRow is every other line: what the last snapshot said under a key.
type stateRow struct {
	Key    string             `json:"key"`
	Asset  pipeline.AssetPath `json:"asset"`
	Attr   map[string]string  `json:"attr,omitempty"`
	Values map[string]any     `json:"values"` // by signal
}

// state is the last snapshot. Its rows stay on disk; what is in memory of one
// is where it stands and a hash that tells whether it changed.
type state struct {
	header stateHeader
	file   *os.File // nil before the first import
	rows   map[string]stateEntry
}

type stateEntry struct {
	offset int64 // 0: not in the state
	hash   uint64
	count  uint32 // rows of this key in the file being imported
	line   int    // of the first of them
	kept   bool   // a row of this key cannot be read: what is known of it stays
}

// openState reads the state file. A state of another key counts as none, but
// for the number of its import.
func openState(path string, key []string, seed maphash.Seed) (*state, error) {
	s := &state{rows: map[string]stateEntry{}, header: stateHeader{Key: key}}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last snapshot: %w", err)
	}
	s.file = file
	if err := s.load(key, seed); err != nil {
		return nil, errors.Join(fmt.Errorf("read the last snapshot %s: %w", path, err), file.Close())
	}
	return s, nil
}

func (s *state) load(key []string, seed maphash.Seed) error {
	err := s.each(func(line []byte, offset int64) error {
		if offset == 0 {
			return json.Unmarshal(line, &s.header)
		}
		if !slices.Equal(s.header.Key, key) {
			return nil
		}
		row, err := keyOf(line)
		s.rows[row] = stateEntry{offset: offset, hash: maphash.Bytes(seed, line)}
		return err
	})
	s.header.Key = key
	return err
}

// keyOf reads no more of a row than its key.
func keyOf(line []byte) (string, error) {
	var row struct {
		Key string `json:"key"`
	}
	err := json.Unmarshal(line, &row)
	return row.Key, err
}

// each calls f with every line of the file, without its line end, and where
// it starts.
func (s *state) each(f func(line []byte, offset int64) error) error {
	if s.file == nil {
		return nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(s.file, 64<<10)
	for offset := int64(0); ; {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("at byte %d: %w", offset, err)
		}
		if err := f(bytes.TrimSuffix(line, []byte("\n")), offset); err != nil {
			return fmt.Errorf("at byte %d: %w", offset, err)
		}
		offset += int64(len(line))
	}
}

// row reads back what stands at an offset.
func (s *state) row(offset int64) (stateRow, error) {
	var row stateRow
	in := bufio.NewReader(io.NewSectionReader(s.file, offset, 1<<62-offset))
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &row)
	}
	if err != nil {
		return stateRow{}, fmt.Errorf("read the last snapshot at byte %d: %w", offset, err)
	}
	return row, nil
}

func (s *state) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// bare is a value as JSON writes it.
func bare(v pipeline.Value) any {
	if n, ok := v.Number(); ok {
		return n
	}
	if b, ok := v.Bool(); ok {
		return b
	}
	if t, ok := v.Text(); ok {
		return t
	}
	return nil
}
