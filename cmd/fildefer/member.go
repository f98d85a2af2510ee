package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/mail"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

type memberCmd struct {
	Add    memberAddCmd    `cmd:"" help:"Add a person, or change the name, rights or PIN of one."`
	Import memberImportCmd `cmd:"" help:"Add people from a CSV or YAML file; every fault with line and column, nothing until all is right."`
	List   memberListCmd   `cmd:"" help:"List people and what they may do where."`
	Badge  memberBadgeCmd  `cmd:"" help:"Give a person a badge to sign in with on paired devices, read from standard input."`
	Invite memberInviteCmd `cmd:"" help:"Invite a person by a code to hand over on paper."`
	Export memberExportCmd `cmd:"" help:"Write all that is kept of a person into a zip."`
	Erase  memberEraseCmd  `cmd:"" help:"Forget a person for good: what they wrote stays as a former member's."`
	Revoke memberRevokeCmd `cmd:"" help:"Take a person's rights away and end every session at once."`
}

type memberAddCmd struct {
	configFlag
	ID       string   `arg:"" help:"Name to sign in with."`
	Name     string   `required:"" help:"Name that colleagues see."`
	Grant    []string `required:"" help:"role@territory, e.g. operator@lyon/bottling/line-3; may be repeated." placeholder:"ROLE@PATH"`
	Lang     string   `default:"fr" enum:"fr,en" help:"Language of the screens: fr or en."`
	Email    string   `help:"Where to write to the person; the screens tell without it too. - takes it away." placeholder:"ADDRESS"`
	PINStdin bool     `name:"pin-stdin" help:"Read the PIN from standard input without asking."`
}

func (m *memberAddCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	grants, err := parseGrants(m.Grant)
	if err != nil {
		return err
	}
	if err := feed.CheckMemberID(feed.MemberID(m.ID)); err != nil {
		return err
	}
	if err := m.checkEmail(); err != nil {
		return err
	}
	pin, err := ask(c, m.PINStdin, "PIN (4 to 12 digits): ")
	if err != nil {
		return fmt.Errorf("read the PIN: %w", err)
	}
	hash, err := auth.HashPIN(pin)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		member := feed.Member{ID: feed.MemberID(m.ID), Name: m.Name, Lang: feed.Lang(m.Lang), Grants: grants}
		if err := s.AddMember(ctx, member, hash); err != nil {
			return err
		}
		if m.Email != "" {
			if err := s.SetEmail(ctx, member.ID, strings.TrimPrefix(m.Email, noEmail)); err != nil {
				return err
			}
		}
		roles, err := json.Marshal(map[string]string{"roles": strings.Join(m.Grant, " ")})
		if err != nil {
			return err
		}
		if err := s.Note(ctx, feed.AuditEntry{At: time.Now(), Action: "member.add", Subject: member.ID, Detail: roles}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%s may sign in as %s\n", m.Name, m.ID)
		return err
	})
}

// noEmail takes an address away.
const noEmail = "-"

func (m *memberAddCmd) checkEmail() error {
	if m.Email == "" || m.Email == noEmail {
		return nil
	}
	if a, err := mail.ParseAddress(m.Email); err != nil || a.Address != m.Email {
		return fmt.Errorf("--email %q: write an address such as karim@plant.example", m.Email)
	}
	return nil
}

// ask reads a line that must not be on the command line, where others see it.
func ask(c console, silent bool, question string) (string, error) {
	if !silent {
		_, _ = fmt.Fprint(c.err, question)
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimSpace(line), nil
}

func parseGrants(texts []string) ([]feed.Grant, error) {
	var grants []feed.Grant
	for _, text := range texts {
		role, territory, ok := strings.Cut(text, "@")
		if !ok || territory == "" || !slices.Contains(feed.Roles, feed.Role(role)) {
			return nil, fmt.Errorf("--grant %q: write role@territory with a role of %v", text, feed.Roles)
		}
		grants = append(grants, feed.Grant{Territory: feed.Path(territory), Role: feed.Role(role)})
	}
	return grants, nil
}

type memberListCmd struct{ configFlag }

func (m *memberListCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		members, err := s.Members(ctx)
		if err != nil {
			return err
		}
		for _, p := range members {
			var grants []string
			for _, g := range p.Grants {
				grants = append(grants, string(g.Role)+"@"+string(g.Territory))
			}
			if _, err := fmt.Fprintf(c.out, "%-16s %-24s %s\n", p.ID, p.Name, strings.Join(grants, " ")); err != nil {
				return err
			}
		}
		return nil
	})
}

type memberRevokeCmd struct {
	configFlag
	ID string `arg:"" help:"Name the person signs in with."`
}

func (m *memberRevokeCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		id := feed.MemberID(m.ID)
		err := s.InTx(ctx, func(tx feed.Tx) error {
			if err := tx.Audit(ctx, feed.AuditEntry{At: time.Now(), Action: "member.revoke", Subject: id}); err != nil {
				return err
			}
			return tx.Dismiss(ctx, id)
		})
		if err != nil {
			return fmt.Errorf("revoke %s: %w", m.ID, err)
		}
		_, err = fmt.Fprintf(c.out, "%s can no longer sign in; every session has ended\n", m.ID)
		return err
	})
}

// withStore runs fn on the installation's database, beside a running server if
// there is one.
func withStore(ctx context.Context, cfg *config, fn func(*store.Store) error) error {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	s, err := openStore(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return errors.Join(fn(s), s.Close())
}
