package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// What somebody does to a device is written down with it, or neither is kept. By
// is nobody on the command line, and where a browser is paired in which nobody is
// signed in.

// AddDevice keeps a device that waits for the code with that hash to be typed
// in, until d.CodeExpires.
func (s *Store) AddDevice(ctx context.Context, by feed.MemberID, d feed.Device, codeHash string) error {
	err := s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO devices (id, name, place, kind, token, code, code_expires, paired_at, seen_at)
			VALUES (?, ?, ?, ?, '', ?, ?, 0, 0)`, d.ID, d.Name, d.Place, d.Kind, codeHash, at(&d.CodeExpires))
		if err != nil {
			return err
		}
		return t.auditDevice(ctx, by, "device.add", d)
	})
	if err != nil {
		return fmt.Errorf("add device %s: %w", d.ID, err)
	}
	return nil
}

// NewDeviceCode gives a device another code to be paired with. What is paired
// stays so until the code is used.
func (s *Store) NewDeviceCode(ctx context.Context, by feed.MemberID, id feed.DeviceID, codeHash string, expires time.Time) error {
	err := s.inTx(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE devices SET code = ?, code_expires = ? WHERE id = ?`, codeHash, at(&expires), id)
		if err != nil {
			return err
		}
		if n == 0 {
			return feed.ErrNotFound
		}
		d, err := t.device(ctx, `id = ?`, id)
		if err != nil {
			return err
		}
		return t.auditDevice(ctx, by, "device.code", d)
	})
	if err != nil {
		return fmt.Errorf("code of device %s: %w", id, err)
	}
	return nil
}

// PairDevice uses a code up: the token with that hash is the device's from now
// on, the one before is nobody's, and sessions that were opened under it end.
// ErrNotFound when no device waits for the code.
func (s *Store) PairDevice(ctx context.Context, by feed.MemberID, codeHash, tokenHash string, now time.Time) (feed.Device, error) {
	var d feed.Device
	err := s.inTx(ctx, func(t *tx) error {
		minute := now.Truncate(time.Minute)
		n, err := t.exec(ctx, `
			UPDATE devices
			SET token = ?, code = '', code_expires = 0, paired_at = ?, seen_at = ?
			WHERE code = ? AND code <> '' AND code_expires > ?`, tokenHash, at(&now), at(&minute), codeHash, at(&now))
		if err != nil {
			return err
		}
		if n == 0 {
			return feed.ErrNotFound
		}
		if d, err = t.device(ctx, `token = ?`, tokenHash); err != nil {
			return err
		}
		if err := t.endSessionsOn(ctx, d.ID); err != nil {
			return err
		}
		return t.auditDevice(ctx, by, "device.pair", d)
	})
	if err != nil {
		return feed.Device{}, fmt.Errorf("pair a device: %w", err)
	}
	return d, nil
}

// PairedDevice returns the device whose token has that hash, or ErrNotFound.
func (s *Store) PairedDevice(ctx context.Context, tokenHash string) (feed.Device, error) {
	d, err := s.reader().device(ctx, `token = ? AND token <> ''`, tokenHash)
	if err != nil {
		return feed.Device{}, fmt.Errorf("paired device: %w", err)
	}
	return d, nil
}

// SeeDevice keeps that a device asked for something, to the minute.
func (s *Store) SeeDevice(ctx context.Context, id feed.DeviceID, now time.Time) error {
	minute := now.Truncate(time.Minute)
	err := s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE devices SET seen_at = ? WHERE id = ? AND seen_at < ?`, at(&minute), id, at(&minute))
		return err
	})
	if err != nil {
		return fmt.Errorf("see device %s: %w", id, err)
	}
	return nil
}

// Device returns a device, paired or not, or ErrNotFound.
func (s *Store) Device(ctx context.Context, id feed.DeviceID) (feed.Device, error) {
	d, err := s.reader().device(ctx, `id = ?`, id)
	if err != nil {
		return feed.Device{}, fmt.Errorf("device %s: %w", id, err)
	}
	return d, nil
}

// Devices lists all devices by place and name.
func (s *Store) Devices(ctx context.Context) ([]feed.Device, error) {
	out, err := s.reader().devices(ctx, `id <> ''`)
	if err != nil {
		return nil, fmt.Errorf("devices: %w", err)
	}
	return out, nil
}

// RevokeDevice forgets a device, and ends the sessions that were opened on it.
// What it took stays taken.
func (s *Store) RevokeDevice(ctx context.Context, by feed.MemberID, id feed.DeviceID) error {
	err := s.inTx(ctx, func(t *tx) error {
		d, err := t.device(ctx, `id = ?`, id)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `DELETE FROM devices WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return feed.ErrNotFound
		}
		if err := t.endSessionsOn(ctx, id); err != nil {
			return err
		}
		if err := t.breakSeal(ctx, id.MemberID()); err != nil {
			return err
		}
		return t.auditDevice(ctx, by, "device.revoke", d)
	})
	if err != nil {
		return fmt.Errorf("revoke device %s: %w", id, err)
	}
	return nil
}

func (t *tx) auditDevice(ctx context.Context, by feed.MemberID, action string, d feed.Device) error {
	return t.Audit(ctx, feed.AuditEntry{At: time.Now(), Actor: by, Action: action, Territory: d.Place, Object: string(d.ID)})
}

// device returns the one device for which where holds, or ErrNotFound.
func (c conn) device(ctx context.Context, where string, args ...any) (feed.Device, error) {
	found, err := c.devices(ctx, where, args...)
	if err != nil {
		return feed.Device{}, err
	}
	if len(found) == 0 {
		return feed.Device{}, feed.ErrNotFound
	}
	return found[0], nil
}

func (c conn) devices(ctx context.Context, where string, args ...any) ([]feed.Device, error) {
	return rowsOf(ctx, c, func(d *feed.Device) []any {
		return []any{&d.ID, &d.Name, &d.Place, &d.Kind, at(&d.CodeExpires), at(&d.PairedAt), at(&d.SeenAt)}
	}, `
		SELECT id, name, place, kind, code_expires, paired_at, seen_at
		FROM devices
		WHERE `+where+`
		ORDER BY place, name, id`, args...)
}
