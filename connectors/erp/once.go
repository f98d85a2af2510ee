package erp

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// maxOnce bounds one generation of ledger keys. Two are kept: at least this
// many of the latest rows are recognised when they come again.
const maxOnce = 1 << 20

// rowMark stands for a row key.
type rowMark [16]byte

func markOf(key string) rowMark {
	sum := sha256.Sum256([]byte(key))
	return rowMark(sum[:16])
}

// once remembers which rows of a ledger were given: their marks, one behind
// the other, in a file that is only appended to.
type once struct {
	path  string
	seen  map[rowMark]struct{} // this generation
	older map[rowMark]struct{} // the one before
}

func openOnce(path string) (*once, error) {
	seen, err := readMarks(path)
	if err != nil {
		return nil, err
	}
	older, err := readMarks(path + ".older")
	if err != nil {
		return nil, err
	}
	return &once{path: path, seen: seen, older: older}, nil
}

// readMarks reads a generation and cuts off a mark that a crash has torn.
func readMarks(path string) (map[rowMark]struct{}, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read ledger keys: %w", err)
	}
	const size = len(rowMark{})
	whole := len(data) - len(data)%size
	if whole < len(data) {
		if err := os.Truncate(path, int64(whole)); err != nil {
			return nil, fmt.Errorf("mend ledger keys: %w", err)
		}
	}
	marks := make(map[rowMark]struct{}, whole/size)
	for mark := range slices.Chunk(data[:whole], size) {
		marks[rowMark(mark)] = struct{}{}
	}
	return marks, nil
}

func (o *once) has(m rowMark) bool {
	_, now := o.seen[m]
	_, before := o.older[m]
	return now || before
}

// add remembers rows durably.
func (o *once) add(marks []rowMark) error {
	if len(marks) == 0 {
		return nil
	}
	data := make([]byte, 0, len(marks)*len(rowMark{}))
	for _, m := range marks {
		data = append(data, m[:]...)
	}
	if err := appendFile(o.path, data); err != nil {
		return fmt.Errorf("remember ledger keys: %w", err)
	}
	for _, m := range marks {
		o.seen[m] = struct{}{}
	}
	if len(o.seen) < maxOnce {
		return nil
	}
	if err := os.Rename(o.path, o.path+".older"); err != nil {
		return fmt.Errorf("turn over ledger keys: %w", err)
	}
	o.seen, o.older = map[rowMark]struct{}{}, o.seen
	return nil
}
