package feed

import (
	"context"
	"fmt"
)

// teach keeps what solving the post says of who solved it, and ends the call
// where the post is one. Nothing is kept of those who did not consent.
func (p *Post) teach(ctx context.Context, tx Tx, m Member) error {
	if err := p.helped(ctx, tx); err != nil {
		return err
	}
	if p.Asset == "" || p.Kind == HelpWanted {
		return nil
	}
	choices, err := tx.Choices(ctx, m.ID)
	if err != nil || !choices.Consents {
		return err
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return err
	}
	if err := tx.Learn(ctx, m.ID, tree.Name(p.Asset), p.ID); err != nil {
		return fmt.Errorf("what %s knows of %s: %w", m.ID, p.Asset, err)
	}
	return nil
}
