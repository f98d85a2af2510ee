package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

type rulesCmd struct {
	Test   rulesTestCmd   `cmd:"" help:"Run the tests of rule files. Fails when one fails, or when there is none."`
	Lint   rulesLintCmd   `cmd:"" help:"Check rule files: every fault, and what would make poor posts, with file and line."`
	Replay rulesReplayCmd `cmd:"" help:"Try rules on the past: which posts they would have made. Writes nothing."`
	Packs  rulesPacksCmd  `cmd:"" help:"List the rule files that ship with Fildefer, or print one to copy."`
}

type rulesLintCmd struct {
	Files  []string `arg:"" type:"existingfile" help:"Rule files."`
	Strict bool     `help:"Fail on warnings too."`
}

func (r *rulesLintCmd) run(_ context.Context, c console) error {
	documents, err := readDocuments(r.Files)
	if err != nil {
		return err
	}
	set, warnings, err := replay.Lint(documents)
	if err != nil {
		return err
	}
	for _, w := range warnings {
		if _, err := fmt.Fprintf(c.out, "%s\n", w); err != nil {
			return err
		}
	}
	said := ""
	if len(warnings) > 0 {
		said = fmt.Sprintf(", %s", plural(len(warnings), "warning"))
	}
	_, err = fmt.Fprintf(c.out, "%s in %s: no fault%s\n", plural(len(set.Rules()), "rule"), plural(len(r.Files), "file"), said)
	if r.Strict && len(warnings) > 0 {
		err = errors.Join(err, errors.New("there are warnings"))
	}
	return err
}

type rulesTestCmd struct {
	Files []string `arg:"" type:"existingfile" help:"Rule files; their rules are tested together."`
}

func (r *rulesTestCmd) run(_ context.Context, c console) error {
	start := time.Now()
	documents, err := readDocuments(r.Files)
	if err != nil {
		return err
	}
	files, err := replay.ParseFiles(documents)
	if err != nil {
		return err
	}
	set, err := rule.Compile(files)
	if err != nil {
		return err
	}
	trials, err := replay.Trials(files)
	if err != nil {
		return err
	}
	if len(trials) == 0 { // a pass would say that something had been proven
		return fmt.Errorf("no tests in %s; write some under tests, as fildefer rules packs press shows", strings.Join(r.Files, ", "))
	}
	failed := 0
	for _, t := range trials {
		o, err := t.Play(set)
		if err != nil {
			return err
		}
		if !o.Passed() {
			failed++
		}
		if _, err := fmt.Fprint(c.out, outcomeText(&o)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(c.out, "%s in %s: %d ok, %d failed (%s)\n", plural(len(trials), "test"), plural(len(files), "file"), len(trials)-failed, failed, time.Since(start).Round(time.Millisecond))
	if failed > 0 {
		err = errors.Join(err, fmt.Errorf("%s failed", plural(failed, "test")))
	}
	return err
}

// outcomeText says how a test went; of one that failed, what was expected and
// what happened in place of that.
func outcomeText(o *replay.Outcome) string {
	if o.Passed() {
		return fmt.Sprintf("ok    %s\n", o.Trial.Name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "FAIL  %s (%s:%d)\n", o.Trial.Name, o.Trial.File, o.Trial.Line)
	for _, wrong := range o.Wrong {
		fmt.Fprintf(&b, "      %s\n", wrong)
	}
	if len(o.Timeline) == 0 {
		b.WriteString("      nothing happened\n")
		return b.String()
	}
	b.WriteString("      what happened:\n")
	for _, line := range o.Timeline {
		fmt.Fprintf(&b, "      %s\n", line)
	}
	return b.String()
}

func readDocuments(files []string) ([]replay.Document, error) {
	documents := make([]replay.Document, 0, len(files))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		documents = append(documents, replay.Document{Name: file, Data: data})
	}
	return documents, nil
}

// plural is "1 rule", "2 rules".
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
