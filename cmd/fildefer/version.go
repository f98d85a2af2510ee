package main

import (
	"context"
	"fmt"
	"runtime"
)

type versionCmd struct{}

func (versionCmd) run(_ context.Context, c console) error {
	_, err := fmt.Fprintf(c.out, "fildefer %s %s/%s %s\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}
