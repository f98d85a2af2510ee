package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// benchPartCmd is what the bench runs in processes of their own, so that the
// far side of a wire is not measured with the near one. Each obeys lines of
// its standard input, answers each with a line, and ends with its input.
type benchPartCmd struct {
	Machines benchMachinesCmd `cmd:"" help:"Publish to a broker."`
	Readers  benchReadersCmd  `cmd:"" help:"Read event streams."`
}

// obey does what each line of the input says until there are no more.
func obey(c console, do func(order string) (answer string, err error)) error {
	if _, err := fmt.Fprintln(c.out, "ready"); err != nil {
		return err
	}
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		answer, err := do(orders.Text())
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(c.out, answer); err != nil {
			return err
		}
	}
	return orders.Err()
}

// part is such a process, seen from the bench.
type part struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startPart returns when the part is ready. It is killed when ctx ends.
func (b *bench) startPart(ctx context.Context, args ...string) (*part, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	p := &part{cmd: exec.CommandContext(ctx, self, append([]string{"bench-part"}, args...)...)}
	p.cmd.Stderr = b.err
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	if _, err := p.answer(); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// ask gives an order and waits for its answer.
func (p *part) ask(format string, args ...any) (string, error) {
	if _, err := fmt.Fprintf(p.in, format+"\n", args...); err != nil {
		return "", fmt.Errorf("order to %s: %w", p.cmd.Args[2], err)
	}
	return p.answer()
}

func (p *part) answer() (string, error) {
	line, err := p.out.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("answer of %s: %w", p.cmd.Args[2], err)
	}
	return strings.TrimSpace(line), nil
}

func (p *part) stop() error {
	return errors.Join(p.in.Close(), p.cmd.Wait())
}
