package auth_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
)

// pairing pairs devices of the desk's store, by the desk's clock.
func (d *desk) pairing() *auth.Pairing {
	return auth.NewPairing(d.store, func() time.Time { return d.now }, auth.CodeFor)
}

var tablet = feed.Device{ID: "tablet", Name: "Tablette L3", Place: "lyon", Kind: feed.StationDevice}

// paired returns a device that was paired a moment ago.
func (d *desk) paired(t *testing.T) (token string, device feed.Device) {
	t.Helper()
	_, code, err := d.pairing().Enrol(t.Context(), "", tablet)
	require.NoError(t, err)
	token, device, err = d.pairing().Pair(t.Context(), "", code)
	require.NoError(t, err)
	return token, device
}

func TestACodePairsOneDeviceOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		p := d.pairing()
		kept, code, err := p.Enrol(t.Context(), "", tablet)
		require.NoError(t, err)
		require.Regexp(t, `^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`, code)
		require.Equal(t, d.now.Add(auth.CodeFor), kept.CodeExpires)

		token, device, err := p.Pair(t.Context(), "", code)
		require.NoError(t, err)
		require.Len(t, token, 64)
		require.Equal(t, tablet.ID, device.ID)
		known, err := p.Device(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, device, known)

		_, _, err = p.Pair(t.Context(), "", code)
		require.EqualError(t, err, "unauthorized: Unknown or expired code: ask your administrator for another.")
	})
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		p := d.pairing()
		device, code, err := p.Enrol(t.Context(), "", tablet)
		require.NoError(t, err)
		for _, way := range []func(string) string{
			strings.ToLower,
			func(s string) string { return strings.ReplaceAll(s, "-", "") },
			func(s string) string { return " " + strings.ReplaceAll(s, "-", " - ") + " " },
			func(s string) string { return strings.NewReplacer("0", "O", "1", "l").Replace(s) },
		} {
			_, _, err = p.Pair(t.Context(), "", way(code))
			require.NoError(t, err, way(code))
			device, code, err = p.Renew(t.Context(), "", device)
			require.NoError(t, err)
		}
	})
}

func TestACodeExpires(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		p := d.pairing()
		_, code, err := p.Enrol(t.Context(), "", tablet)
		require.NoError(t, err)
		d.now = d.now.Add(auth.CodeFor)
		_, _, err = p.Pair(t.Context(), "", code)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
	})
}

func TestAnotherCodeVoidsTheOneBeforeAndEndsTheTokenOnceUsed(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		p := d.pairing()
		token, device := d.paired(t)
		_, first, err := p.Renew(t.Context(), "", device)
		require.NoError(t, err)
		_, second, err := p.Renew(t.Context(), "", device)
		require.NoError(t, err)
		_, _, err = p.Pair(t.Context(), "", first)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
		_, err = p.Device(t.Context(), token)
		require.NoError(t, err)
		other, _, err := p.Pair(t.Context(), "", second)
		require.NoError(t, err)
		require.NotEqual(t, token, other)
		_, err = p.Device(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
	})
}

func TestNoCodeThatWasNotGivenPairs(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		_, _, err := d.pairing().Enrol(t.Context(), "", tablet)
		require.NoError(t, err)
		for _, code := range []string{"", "0000-0000", "%", "' OR 1=1 --", "\xff", strings.Repeat("0", 1000)} {
			_, _, err := d.pairing().Pair(t.Context(), "", code)
			require.Equal(t, feed.Unauthorized, feed.ProblemOf(err), "%q", code)
		}
	})
}

func TestADeviceIsSeenToTheMinute(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, _ := d.paired(t)
		paired := d.now
		for _, later := range []struct{ after, seen time.Duration }{{59 * time.Second, 0}, {90 * time.Second, time.Minute}} {
			d.now = paired.Add(later.after)
			_, err := d.pairing().Device(t.Context(), token)
			require.NoError(t, err)
			device, err := d.store.Device(t.Context(), tablet.ID)
			require.NoError(t, err)
			require.Equal(t, paired.Add(later.seen), device.SeenAt)
		}
	})
}
