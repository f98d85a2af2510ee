package erp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// maxImports bounds how many past imports are remembered: years of nightly
// files, weeks of one a minute.
const maxImports = 50_000

// Import is what became of one file.
type Import struct {
	Content   string    `json:"content"` // SHA-256 of its bytes
	Name      string    `json:"name"`
	Rows      int       `json:"rows"`
	Events    int       `json:"events"`
	Rejected  int       `json:"rejected"`
	At        time.Time `json:"at"`
	Duplicate string    `json:"-"` // name of the earlier import of this content, when it is one
	Rejects   []Reject  `json:"-"`

	scopes []string // of a snapshot
}

// Reject is a row that went to the dead letters.
type Reject struct {
	Fault *Fault
	Row   string
}

// imports remembers which contents were imported: one JSON line each, oldest
// first, in a file that is only appended to. A line that a crash has torn is
// an import that is done again, to no effect.
type imports struct {
	path string
	seen map[string]string // content → name
}

func openImports(path string) (*imports, error) {
	log := &imports{path: path, seen: map[string]string{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return log, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read past imports: %w", err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	lines = lines[max(0, len(lines)-maxImports):]
	for _, line := range lines {
		var i Import
		if json.Unmarshal(line, &i) == nil {
			log.seen[i.Content] = i.Name
		}
	}
	// Written anew, the file has no torn line and no more than its bound.
	return log, replaceFile(path, func(w io.Writer) error { return writeWhole(w, lines) })
}

func writeWhole(w io.Writer, lines [][]byte) error {
	out := bufio.NewWriter(w)
	for _, line := range lines {
		if bytes.HasSuffix(line, []byte("\n")) {
			_, _ = out.Write(line) // the error stays until Flush
		}
	}
	return out.Flush()
}

// add remembers an import durably.
func (l *imports) add(i Import) error {
	if _, known := l.seen[i.Content]; known {
		return nil
	}
	line, err := json.Marshal(i)
	if err != nil {
		return fmt.Errorf("remember import of %s: %w", i.Name, err)
	}
	if err := appendFile(l.path, append(line, '\n')); err != nil {
		return fmt.Errorf("remember import of %s: %w", i.Name, err)
	}
	l.seen[i.Content] = i.Name
	return nil
}
