package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// CodeFor is how long a pairing code may be typed in.
const CodeFor = 15 * time.Minute

// Devices is where devices are kept, by the hashes of their code and token. What
// is done to them is written down, by whom too; nobody on the command line.
type Devices interface {
	AddDevice(ctx context.Context, by feed.MemberID, d feed.Device, codeHash string) error
	// NewDeviceCode returns ErrNotFound for a device that there is not.
	NewDeviceCode(ctx context.Context, by feed.MemberID, id feed.DeviceID, codeHash string, expires time.Time) error
	// PairDevice uses a code up; ErrNotFound when no device waits for it.
	PairDevice(ctx context.Context, by feed.MemberID, codeHash, tokenHash string, now time.Time) (feed.Device, error)
	// PairedDevice returns ErrNotFound for a token that is nobody's.
	PairedDevice(ctx context.Context, tokenHash string) (feed.Device, error)
	// SeeDevice keeps that a device is there.
	SeeDevice(ctx context.Context, id feed.DeviceID, now time.Time) error
}

// Pairing makes tablets and displays known by a code that is typed in once.
type Pairing struct {
	devices Devices
	now     func() time.Time
	codeFor time.Duration
	turns   turns
}

// NewPairing returns a pairing whose clock is now and whose codes last codeFor.
func NewPairing(devices Devices, now func() time.Time, codeFor time.Duration) *Pairing {
	return &Pairing{devices: devices, now: now, codeFor: codeFor, turns: newTurns()}
}

// Enrol keeps a new device and returns the code to type in on it.
func (p *Pairing) Enrol(ctx context.Context, by feed.MemberID, d feed.Device) (_ feed.Device, code string, err error) {
	code, kept, err := p.newCode(ctx)
	if err == nil {
		d.CodeExpires = p.expiry()
		err = p.devices.AddDevice(ctx, by, d, kept)
	}
	if err != nil {
		return feed.Device{}, "", fmt.Errorf("enrol %s: %w", d.Name, err)
	}
	return d, code, nil
}

// Renew gives a device another code; the one before is void at once.
func (p *Pairing) Renew(ctx context.Context, by feed.MemberID, d feed.Device) (_ feed.Device, code string, err error) {
	code, kept, err := p.newCode(ctx)
	if err == nil {
		d.CodeExpires = p.expiry()
		err = p.devices.NewDeviceCode(ctx, by, d.ID, kept, d.CodeExpires)
	}
	if err != nil {
		return feed.Device{}, "", fmt.Errorf("renew the code of %s: %w", d.Name, err)
	}
	return d, code, nil
}

// Pair uses a code up and returns the device that it was for with its token,
// which is known to nobody else. All that could be a code takes the same time.
func (p *Pairing) Pair(ctx context.Context, by feed.MemberID, code string) (token string, d feed.Device, err error) {
	plain := typed(code)
	if len(plain) != codeLength {
		return "", feed.Device{}, errCode
	}
	var kept string
	if err := p.turns.take(ctx, func() { kept = digest("code", plain) }); err != nil {
		return "", feed.Device{}, fmt.Errorf("pair a device: %w", err)
	}
	token = newToken()
	d, err = p.devices.PairDevice(ctx, by, kept, tokenHash(token), p.now().UTC())
	if errors.Is(err, feed.ErrNotFound) {
		return "", feed.Device{}, errCode
	}
	if err != nil {
		return "", feed.Device{}, err
	}
	return token, d, nil
}

// Device returns the device of a token, or an Unauthorized error.
func (p *Pairing) Device(ctx context.Context, token string) (feed.Device, error) {
	d, err := p.devices.PairedDevice(ctx, tokenHash(token))
	if errors.Is(err, feed.ErrNotFound) {
		return feed.Device{}, errUnpaired
	}
	if err != nil {
		return feed.Device{}, err
	}
	if now := p.now().UTC(); now.Sub(d.SeenAt) >= time.Minute {
		// When it was seen is for the list of devices: a tablet reads on though
		// that cannot be written, and does not wait for it.
		ctx, cancel := context.WithTimeout(ctx, maxSee)
		defer cancel()
		if err := p.devices.SeeDevice(ctx, d.ID, now); err == nil {
			d.SeenAt = now.Truncate(time.Minute)
		}
	}
	return d, nil
}

// maxSee is how long a device may wait until it is kept that it was seen.
const maxSee = time.Second

func (p *Pairing) expiry() time.Time { return p.now().UTC().Add(p.codeFor).Truncate(time.Millisecond) }

// codeLength is how many characters of 5 bits a code has.
const codeLength = 8

// crockford has no letters that look like digits or like one another.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode returns a code as people read it, and what is kept of it.
func (p *Pairing) newCode(ctx context.Context) (code, kept string, err error) {
	plain := newPlain()
	err = p.turns.take(ctx, func() { kept = digest("code", plain) })
	return inHalves(plain), kept, err
}

// newPlain is a code that nobody knows.
func newPlain() string {
	var b [codeLength]byte
	_, _ = rand.Read(b[:]) // never fails
	for i := range b {
		b[i] = crockford[b[i]%32]
	}
	return string(b[:])
}

// inHalves is a code as people read it.
func inHalves(plain string) string { return plain[:codeLength/2] + "-" + plain[codeLength/2:] }

// typed is a code as somebody typed it, with what looks like a digit as one.
func typed(code string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(code[:min(len(code), maxCode)]))
}

// maxCode bounds what is looked at of a code, in bytes.
const maxCode = 32

var (
	errCode = feed.Refuse(feed.Unauthorized,
		"Code inconnu ou expiré : demandez-en un autre à votre administrateur.", "Unknown or expired code: ask your administrator for another.")
	errUnpaired = feed.Refuse(feed.Unauthorized, "Cet appareil n’est plus appairé.", "This device is no longer paired.")
)
