package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/fildefer/fildefer/pipeline/pack"
)

type rulesPacksCmd struct {
	Name string `arg:"" optional:"" help:"Pack to print."`
}

func (r *rulesPacksCmd) run(_ context.Context, c console) error {
	if r.Name != "" {
		p, err := pack.Find(r.Name)
		if err != nil {
			return err
		}
		_, err = c.out.Write(p.Text)
		return err
	}
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, p := range pack.All() {
		_, _ = fmt.Fprintf(t, "%s\t%s\n", p.Name, p.About)
	}
	return t.Flush()
}
