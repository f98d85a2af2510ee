package erp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	// maxRejects bounds the bad rows of one file. A file with more of them is
	// not what the configuration says, and is refused as a whole.
	maxRejects = 1000

	// maxRejectBytes bounds what is kept of one of them.
	maxRejectBytes = 16 << 10
)

// importer carries one file through all steps.
type importer struct {
	plan    *plan
	source  string
	history *history
	log     *slog.Logger
	now     func() time.Time
}

// run imports a file. Errors are a *Fault when it cannot be read, a *Held when
// it waits for somebody's word, and else those of the sink or the disk, after
// which the same file can be offered again.
func (m *importer) run(ctx context.Context, in input, sink pipeline.Sink) (_ Import, err error) {
	content, err := contentOf(in.content)
	if err != nil {
		return Import{}, fmt.Errorf("import %s: %w", in.name, err)
	}
	reading, err := m.history.reading(m.plan, m.source, content)
	if err != nil {
		return Import{}, fmt.Errorf("import %s: %w", in.name, err)
	}
	defer func() { err = errors.Join(err, reading.close()) }()

	result := Import{Content: content, Name: in.name, At: m.now().UTC()}
	if err := m.survey(ctx, in, reading, &result); err != nil {
		return Import{}, fmt.Errorf("import %s: %w", in.name, err)
	}
	if earlier, again := reading.earlier(); again {
		result.Duplicate = earlier
	} else if err := m.take(ctx, in, reading, sink, &result); err != nil {
		return Import{}, fmt.Errorf("import %s: %w", in.name, err)
	}
	if err := m.history.imports.add(result); err != nil {
		return Import{}, err
	}
	m.step(ctx, "import remembered", in.name)
	return result, nil
}

// take settles what is new: dead letters, events, state.
func (m *importer) take(ctx context.Context, in input, reading reading, sink pipeline.Sink, result *Import) error {
	if err := reading.admit(in, result); err != nil {
		return err
	}
	for _, r := range result.Rejects {
		if err := sink.Reject(ctx, m.letter(in.name, result, r)); err != nil {
			return err
		}
		m.step(ctx, "row rejected", in.name)
	}
	if err := m.emit(ctx, in, reading, sink, result); err != nil {
		return err
	}
	if err := reading.settle(); err != nil {
		return err
	}
	m.step(ctx, "state replaced", in.name)
	return nil
}

// step is told after each durable step of an import.
func (m *importer) step(ctx context.Context, message, file string) {
	m.log.LogAttrs(ctx, slog.LevelDebug, "import", slog.String("step", message), slog.String("file", file))
}

// survey reads the whole file once, so that one that is cut gives no event.
func (m *importer) survey(ctx context.Context, in input, reading reading, result *Import) error {
	err := m.each(ctx, in, func(r row, refused *reject) error {
		if refused == nil {
			result.Rows++
			fault := reading.survey(r)
			if fault == nil {
				return nil
			}
			refused = &reject{fault: fault.at(r.line, 0, ""), raw: r.raw, key: r.key}
		}
		reading.keep(refused.key)
		result.Rejects = append(result.Rejects, Reject{Fault: refused.fault, Row: cutText(refused.raw, maxRejectBytes)})
		if len(result.Rejects) > maxRejects {
			return tooMany(result.Rejects[0].Fault)
		}
		return nil
	})
	if err != nil {
		return err
	}
	result.Rejected = len(result.Rejects)
	if result.Rows == 0 && result.Rejected > 0 {
		return result.Rejects[0].Fault
	}
	return nil
}

func tooMany(first *Fault) *Fault {
	return &Fault{
		Line: first.Line, Column: first.Column, Name: first.Name,
		FR: fmt.Sprintf("plus de %d lignes illisibles ; la première : %s", maxRejects, first.FR),
		EN: fmt.Sprintf("more than %d rows cannot be read; the first: %s", maxRejects, first.EN),
	}
}

// each reads the file from its start and calls f with each of its records.
func (m *importer) each(ctx context.Context, in input, f func(row, *reject) error) error {
	if _, err := in.content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t, err := m.plan.openTable(in.content)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		r, refused, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(r, refused); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// emit reads the file again and offers its news in batches.
func (m *importer) emit(ctx context.Context, in input, reading reading, sink pipeline.Sink, result *Import) error {
	d := dispatch{importer: m, sink: sink, result: result}
	err := m.each(ctx, in, func(r row, refused *reject) error {
		if refused != nil {
			return nil
		}
		return reading.news(r, func(e pipeline.Event) error { return d.add(ctx, r, e) })
	})
	if err == nil {
		err = reading.rest(func(e pipeline.Event) error { return d.add(ctx, row{}, e) })
	}
	if err == nil {
		err = d.flush(ctx)
	}
	return err
}

func (m *importer) letter(name string, result *Import, r Reject) pipeline.DeadLetter {
	return pipeline.DeadLetter{
		Source: m.source, Origin: name + ":" + strconv.Itoa(r.Fault.Line), Reason: r.Fault.Error(),
		Body: []byte(r.Row), Received: result.At,
		Attr: map[string]string{
			"file": name, "line": strconv.Itoa(r.Fault.Line), "column": strconv.Itoa(r.Fault.Column),
			"content": result.Content,
		},
	}
}

func contentOf(r io.ReadSeeker) (string, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
