package connectors_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// pack makes inputs a, b, c… with so many events each: a0, a1, b0….
func pack(sizes ...int) *connectors.Parcel[string] {
	var p connectors.Parcel[string]
	for i, size := range sizes {
		input := string(rune('a' + i))
		var events []pipeline.Event
		for n := range size {
			events = append(events, pipeline.Event{ID: pipeline.EventID(fmt.Sprint(input, n))})
		}
		p.Add(input, events...)
	}
	return &p
}

func TestAnInvalidEventCostsItsInputAndNothingElse(t *testing.T) {
	t.Parallel()
	for invalid, want := range map[string]string{
		"":            "a0 a1 b0 d0 d1 d2 |",
		"a1":          "b0 d0 d1 d2 | a",
		"b0":          "a0 a1 d0 d1 d2 | b",
		"d0":          "a0 a1 b0 | d",
		"a0 d2":       "b0 | a d",
		"a0 a1 b0 d1": "| a b d",
	} {
		parcel, stored, rejected := pack(2, 1, 0, 3), "", ""
		err := parcel.Store(func(events []pipeline.Event) error {
			for _, e := range events {
				if strings.Contains(invalid, string(e.ID)) {
					return fmt.Errorf("accept: %w", &pipeline.InvalidError{ID: e.ID, Err: errors.New("too long")})
				}
			}
			for _, e := range events {
				stored += string(e.ID) + " "
			}
			return nil
		}, func(input string, reason error) error {
			require.ErrorContains(t, reason, "too long")
			rejected += " " + input
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, want, stored+"|"+rejected, invalid)
		require.Zero(t, parcel.Len())
	}
}

func TestAParcelIsOfferedOnceWhenNoInputCanBeBlamed(t *testing.T) {
	t.Parallel()
	for _, refusal := range []error{
		pipeline.ErrBacklog, pipeline.ErrInvalid, &pipeline.InvalidError{ID: "of another call", Err: errors.New("too long")},
	} {
		offers := 0
		err := pack(2, 1).Store(
			func([]pipeline.Event) error { offers++; return refusal },
			func(string, error) error { t.Error("nothing is to be rejected"); return nil },
		)
		require.ErrorIs(t, err, refusal)
		require.Equal(t, 1, offers)
	}
}
