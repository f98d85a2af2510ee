package erp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// staleBy is how much older than the last import a snapshot may be. Files that
// are this close together may have been written while a clock was set.
const staleBy = time.Minute

// Held says that a snapshot has so few rows that it is rather cut than true.
type Held struct {
	Name           string
	Rows, Previous int

	scopes []string
}

// Error says what is held and how to release it.
func (h *Held) Error() string {
	return fmt.Sprintf("%s is held: it has %d rows, the one before had %d; rename it to %s%s if that is right, "+
		"or wait for the next good file", h.Name, h.Rows, h.Previous, h.Name, acceptSuffix)
}

// snapshotReading compares a file with the snapshot before it.
type snapshotReading struct {
	plan    *plan
	source  string       // of the events
	content string       // of the file
	path    string       // of the state
	seed    maphash.Seed // of the hashes in memory
	last    *state
	before  map[string]int    // rows of the last snapshot, by scope
	now     map[string]int    // keys of this file, by scope
	blind   int               // rows whose key cannot be read: while there are any, none counts as removed
	doubles map[string]double // rows of one key, gathered until the last of them
	resync  bool              // the last import was not settled: every row is news
	claimed bool
	next    *os.File
	out     *bufio.Writer
}

func newSnapshotReading(p *plan, source, content, path string) (*snapshotReading, error) {
	s := &snapshotReading{
		plan: p, source: source, content: content, path: path, seed: maphash.MakeSeed(),
		before: map[string]int{}, now: map[string]int{}, doubles: map[string]double{},
	}
	var err error
	if s.last, err = openState(path, p.key, s.seed); err != nil {
		return nil, err
	}
	for key := range s.last.rows {
		s.before[p.scopeOf(key)]++
	}
	if s.resync, err = s.unsettled(); err != nil {
		return nil, errors.Join(err, s.last.close())
	}
	if len(p.cfg.Snapshot.Scope) == 0 {
		s.now[""] = 0 // an empty file says that everything is gone
	}
	return s, nil
}

// scopeOf returns the part of a key within which absence means removal.
func (p *plan) scopeOf(key string) string {
	end := 0
	for range p.cfg.Snapshot.Scope {
		end += strings.Index(key[end:], keyEnd) + len(keyEnd)
	}
	return key[:end]
}

// earlier: a snapshot says nothing new only as long as no other followed it. A
// stock that goes back to what it was is news.
func (s *snapshotReading) earlier() (string, bool) {
	last := s.last.header
	return last.Name, last.Content == s.content
}

func (s *snapshotReading) survey(r row) *Fault {
	entry := s.last.rows[r.key]
	entry.count++
	if entry.count == 1 {
		entry.line = r.line
		s.now[s.plan.scopeOf(r.key)]++
	}
	doubled := entry.count > 1 && s.plan.cfg.Snapshot.OnDuplicate == "reject"
	entry.kept = entry.kept || doubled
	s.last.rows[r.key] = entry
	if doubled {
		return newFault("même clé que la ligne %d : aucune des deux n'est prise", "same key as line %d: neither is taken", entry.line)
	}
	return nil
}

func (s *snapshotReading) keep(key string) {
	if key == "" {
		s.blind++
		return
	}
	entry := s.last.rows[key]
	if entry.count == 0 && !entry.kept {
		s.now[s.plan.scopeOf(key)]++
	}
	entry.kept = true
	s.last.rows[key] = entry
}

// admit refuses a snapshot that is older than the last one and holds one that
// is much shorter, since it would say that everything ran out.
func (s *snapshotReading) admit(in input, result *Import) error {
	result.scopes = slices.Collect(maps.Keys(s.now))
	if last := s.last.header; in.modified.Before(last.Modified.Add(-staleBy)) {
		return newFault("plus ancien (%s) que le dernier importé, %s (%s)", "older (%s) than the last one imported, %s (%s)",
			in.modified.UTC().Format(time.RFC3339), last.Name, last.Modified.Format(time.RFC3339))
	}
	now, before := s.blind, 0
	for scope, n := range s.now {
		now += n
		before += s.before[scope]
	}
	if float64(now) < *s.plan.cfg.Snapshot.MinRowsRatio*float64(before) && !in.released {
		return &Held{Name: in.name, Rows: now, Previous: before, scopes: result.scopes}
	}
	return s.begin(in)
}

// begin opens the next state beside the last one.
func (s *snapshotReading) begin(in input) error {
	var err error
	if s.next, err = os.CreateTemp(filepath.Dir(s.path), ".next-*"); err != nil {
		return fmt.Errorf("begin the next snapshot: %w", err)
	}
	s.out = bufio.NewWriterSize(s.next, 64<<10)
	s.last.header.Number++
	header := stateHeader{
		Number: s.last.header.Number, Key: s.plan.key,
		Content: s.content, Name: in.name, Modified: in.modified.UTC(),
	}
	line, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("begin the next snapshot: %w", err)
	}
	return s.write(line)
}

func (s *snapshotReading) write(line []byte) error {
	_, _ = s.out.Write(line) // the error stays until the next call
	if err := s.out.WriteByte('\n'); err != nil {
		return fmt.Errorf("write the next snapshot: %w", err)
	}
	return nil
}

func (s *snapshotReading) news(r row, out emit) error {
	entry := s.last.rows[r.key]
	if entry.kept {
		return nil
	}
	if entry.count > 1 {
		var whole bool
		if r, whole = s.gather(r, entry); !whole {
			return nil
		}
	}
	values := make(map[string]any, len(r.values))
	for i, signal := range s.plan.cfg.Events {
		values[signal.Signal] = bare(r.values[i])
	}
	now := stateRow{Key: r.key, Asset: r.asset, Attr: r.attr, Values: values}
	line, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("write the next snapshot, line %d: %w", r.line, err)
	}
	if err := s.write(line); err != nil {
		return err
	}
	if !s.resync && entry.offset > 0 && entry.hash == maphash.Bytes(s.seed, line) {
		return nil
	}
	return s.emitChanges(r, now, entry, out)
}
