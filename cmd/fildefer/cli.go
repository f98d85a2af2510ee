package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// version is set by the linker.
var version = "dev"

// cli is the command line. Each command is a struct in the file of its name
// with a method run.
type cli struct {
	Demo       demoCmd       `cmd:"" help:"Start a living demo: a simulated plant and store, everything embedded, nothing to configure."`
	Serve      serveCmd      `cmd:"" help:"Run Fildefer on your own machines and ERP."`
	Check      checkCmd      `cmd:"" help:"Check a configuration: every fault with file, line and key."`
	Rules      rulesCmd      `cmd:"" help:"Work on rule files."`
	Member     memberCmd     `cmd:"" help:"Add, list and revoke the people who may sign in."`
	Territory  territoryCmd  `cmd:"" help:"Bring the tree of territories in and out as a file."`
	Device     deviceCmd     `cmd:"" help:"Pair and revoke shared tablets and wall displays."`
	Deadletter deadletterCmd `cmd:"" help:"See input that could not become an event, and read it again."`
	Audit      auditCmd      `cmd:"" help:"Verify the audit log, and keep its head."`
	Erasures   erasuresCmd   `cmd:"" help:"Forget again after a restore who was erased."`
	Bench      benchCmd      `cmd:"" help:"Measure this machine: each figure beside its bare limit from the same run."`
	BenchPart  benchPartCmd  `cmd:"" hidden:""`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// console is where commands write.
type console struct{ out, err io.Writer }

type command interface {
	run(ctx context.Context, c console) error
}

// exited is how kong's own exit (help) comes back from Parse.
type exited int

// parse turns arguments into what is to be done; nil when there is nothing
// left to do (help was printed).
func parse(args []string, out, errOut io.Writer) (do func(context.Context) error, err error) {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("fildefer"),
		kong.Description("The social feed of a plant or store in which machines and the ERP post first, and people answer."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { panic(exited(code)) }),
	)
	if err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			code, ok := r.(exited)
			if !ok {
				panic(r)
			}
			if code != 0 {
				err = errors.New("see fildefer --help")
			}
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return nil, fmt.Errorf("%w; see fildefer --help", err)
	}
	selected, ok := parsed.Selected().Target.Addr().Interface().(command)
	if !ok {
		return nil, errors.New("see fildefer --help")
	}
	return func(ctx context.Context) error { return selected.run(ctx, console{out, errOut}) }, nil
}
