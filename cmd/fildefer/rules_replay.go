package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

type rulesReplayCmd struct {
	Config  string   `type:"path" help:"Configuration file: replay its stream, with its rules unless others are named." placeholder:"FILE"`
	From    string   `help:"From when on: 2026-01-05, 2026-01-05T06:00:00Z, or so long ago (36h)." placeholder:"TIME"`
	To      string   `help:"Until when." placeholder:"TIME"`
	Rules   []string `type:"existingfile" help:"Rule files to try." placeholder:"FILE"`
	Against []string `type:"existingfile" help:"Rule files to compare with." placeholder:"FILE"`
	Current bool     `help:"Compare with the rules of the configuration."`
	Labels  string   `type:"existingfile" help:"What should be found: a YAML file with a list of {asset, signal, from, to} under labels." placeholder:"FILE"`
	JSON    bool     `name:"json" help:"Print the report as JSON, with every opening."`

	Input  string `type:"existingfile" help:"Replay a recording: events as NDJSON, or a CSV with the columns timestamp and value; either may end in .gz. The first value of a signal says whether it has numbers: a text among numbers is passed over and named, and so is a row without a value." placeholder:"FILE"`
	Asset  string `help:"Asset of a CSV without that column." placeholder:"PATH"`
	Signal string `help:"Signal of a CSV without that column."`
	Unit   string `help:"Unit of a CSV without that column."`
	Zone   string `default:"UTC" help:"Time zone of timestamps that name none, such as Europe/Paris."`
	Strict bool   `help:"Stop at the first line that would be passed over."`
}

func (k *rulesReplayCmd) run(ctx context.Context, c console) error {
	order, err := k.order(time.Now())
	if err != nil {
		return err
	}
	bar := newProgressBar(c.err)
	result, err := k.replay(ctx, order, bar.show)
	bar.clear()
	switch {
	case err != nil:
		return err
	case k.JSON:
		return json.NewEncoder(c.out).Encode(result)
	}
	return printResult(c.out, result)
}

// order reads everything that is named.
func (k *rulesReplayCmd) order(now time.Time) (o *replayOrder, err error) {
	switch {
	case (k.Input == "") == (k.Config == ""):
		return nil, errors.New("say what is replayed: --config FILE for its stream, or --input FILE for a recording")
	case k.Input != "" && len(k.Rules) == 0:
		return nil, errors.New("say which rules are tried: --rules FILE")
	case k.Input != "" && k.Current:
		return nil, errors.New("a recording has no configuration: name the rules to compare with, --against FILE")
	}
	o = &replayOrder{Current: k.Current}
	if o.From, err = instant("from", k.From, now); err != nil {
		return nil, err
	}
	if o.To, err = instant("to", k.To, now); err != nil {
		return nil, err
	}
	if o.Rules, err = readDocuments(k.Rules); err != nil {
		return nil, err
	}
	if o.Against, err = readDocuments(k.Against); err != nil || k.Labels == "" {
		return o, err
	}
	data, err := os.ReadFile(k.Labels)
	if err != nil {
		return nil, err
	}
	o.Labels, err = replay.ParseLabels(k.Labels, data)
	return o, err
}

// instant reads a time as people write it; the zero time when nothing is
// written.
func instant(key, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if ago, err := time.ParseDuration(text); err == nil {
		return now.Add(-ago.Abs()).UTC(), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateTime, time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("--%s: %q is no time; write 2026-01-05, 2026-01-05T06:00:00Z or how long ago, such as 36h", key, text)
}

// replay runs the order where its past is: in a file, in the running program, or
// in the stream of one that does not run.
func (k *rulesReplayCmd) replay(ctx context.Context, o *replayOrder, show func(replay.Progress)) (*replay.Result, error) {
	if k.Input != "" {
		source, err := k.recording()
		if err != nil {
			return nil, err
		}
		task, err := o.task(nil)
		if err != nil {
			return nil, err
		}
		return runShown(ctx, task, source, show)
	}
	cfg, err := loadConfig(k.Config)
	if err != nil {
		return nil, err
	}
	if running := dialControl(ctx, cfg.Data); running != nil {
		return running.rerun(ctx, o, show)
	}
	task, err := o.task(cfg.loadRules)
	if err != nil {
		return nil, err
	}
	options := cfg.busOptions(slog.New(slog.DiscardHandler), nil)
	if options.Embedded != nil {
		options.Embedded.MQTT = bus.MQTT{} // nobody is to be heard
	}
	b, err := bus.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	result, err := runShown(ctx, task, replay.NewPast(b, shards, o.From, o.To), show)
	return result, errors.Join(err, b.Close())
}

func runShown(ctx context.Context, task replay.Task, source replay.Source, show func(replay.Progress)) (*replay.Result, error) {
	task.Options.Progress = show
	return task.Run(ctx, source)
}

// recording is the file to read, by the ending of its name.
func (k *rulesReplayCmd) recording() (replay.Source, error) {
	info, err := os.Stat(k.Input)
	if err != nil {
		return nil, err
	}
	file := replay.File{Name: k.Input, Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(k.Input) }}
	switch ext := filepath.Ext(strings.TrimSuffix(k.Input, ".gz")); ext {
	case ".ndjson", ".jsonl", ".json":
		return replay.NDJSON(file, k.Strict), nil
	case ".csv", ".tsv", ".txt":
		zone, err := time.LoadLocation(k.Zone)
		if err != nil {
			return nil, fmt.Errorf("--zone: %q is no time zone; write one such as Europe/Paris", k.Zone)
		}
		t := replay.Table{Asset: pipeline.AssetPath(k.Asset), Signal: k.Signal, Unit: k.Unit, Zone: zone}
		return replay.CSV(file, t, k.Strict), nil
	case ".zst":
		return nil, fmt.Errorf("%s: unpack it first: zstd -d %[1]s", k.Input)
	default:
		return nil, fmt.Errorf("%s: %q tells neither events (.ndjson) nor a table (.csv); rename it", k.Input, ext)
	}
}

// replayOrder is what is asked for, in a form that can be sent.
type replayOrder struct {
	Rules    []replay.Document `json:"rules"`   // none: those that run
	Against  []replay.Document `json:"against"` // none: nothing
	Current  bool              `json:"current"` // compare with those that run
	From     time.Time         `json:"from"`
	To       time.Time         `json:"to"`
	Labels   []replay.Label    `json:"labels"`
	Pictures int               `json:"pictures"`
}

// task compiles the rules of the order; current gives those that run.
func (o *replayOrder) task(current func() (*rule.Set, error)) (t replay.Task, err error) {
	t.Options = replay.Options{From: o.From, To: o.To, Labels: o.Labels, Pictures: o.Pictures}
	if len(o.Rules) > 0 {
		t.Rules, err = replay.Compile(o.Rules)
	} else {
		t.Rules, err = current()
	}
	if err != nil {
		return t, err
	}
	switch {
	case len(o.Against) > 0:
		t.Against, err = replay.Compile(o.Against)
	case o.Current:
		t.Against, err = current()
	}
	return t, err
}
