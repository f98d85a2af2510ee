package connectors

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
)

// panicError is a panic that became an error.
type panicError struct {
	value any
	stack string
}

// Error is for operators, who can do nothing with a stack.
func (e *panicError) Error() string {
	return fmt.Sprintf("a fault in the program stopped this connector: %v", e.value)
}

// Guard runs f and makes an error of its panic. A connector that starts
// goroutines runs each under it: the supervisor cannot recover there, and one
// source would take the whole program down.
func Guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicError{value: r, stack: string(debug.Stack())}
		}
	}()
	return f()
}

// Stack is where err panicked, for the log; empty when it did not.
func Stack(err error) slog.Attr {
	if p, ok := errors.AsType[*panicError](err); ok {
		return slog.String("stack", p.stack)
	}
	return slog.Attr{}
}
