package main

import (
	"context"
	"errors"
)

type demoCmd struct{}

func (d *demoCmd) run(context.Context, console) error { return errors.New("soon") }
