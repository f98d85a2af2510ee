// Command fildefer runs the social feed of a plant or store: connectors,
// event stream, rules, feed and screens in one process.
//
// This package reads the configuration, wires the rooms together and holds the
// sub-commands. It decides nothing about events or posts.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // shift calendars name zones, and a gateway or a container may know none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fildefer:", err)
		os.Exit(1)
	}
}

// run is main without the process, so that tests can call it too.
func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	command, err := parse(args, out, errOut)
	if err != nil || command == nil {
		return err
	}
	return command(ctx)
}
