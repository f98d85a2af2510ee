package main

import (
	"context"
	"errors"
)

type benchCmd struct{}

func (b *benchCmd) run(context.Context, console) error { return errors.New("soon") }
