package photo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"golang.org/x/image/webp"

	"github.com/fildefer/fildefer/feed"
)

// Bounds of what is sent and of what is kept of it.
const (
	MaxBytes  = 4 << 20    // of a picture as it is sent
	MaxPixels = 40_000_000 // of a picture as it is sent

	LargeSide  = 1600 // longest side of what is kept, in pixels
	SmallSide  = 320
	LargeBytes = 300_000
)

// patience is how long a picture may take to be read: a JPEG may tell of its
// pixels anew in every forty bytes.
const patience = 15 * time.Second

// Lab develops pictures, one after the other: one of forty million pixels takes
// hundreds of megabytes while it is open.
type Lab struct {
	free chan struct{} // holds one token while nothing is developed
}

// NewLab returns a lab.
func NewLab() *Lab {
	l := &Lab{free: make(chan struct{}, 1)}
	l.free <- struct{}{}
	return l
}

// Develop makes a picture of what was sent: a JPEG, PNG or WebP. Whatever else
// the bytes hold is left behind.
func (l *Lab) Develop(ctx context.Context, sent []byte) (feed.Picture, error) {
	read, err := admit(sent)
	if err != nil {
		return feed.Picture{}, err
	}
	select {
	case <-l.free:
		defer func() { l.free <- struct{}{} }()
	case <-ctx.Done():
		return feed.Picture{}, fmt.Errorf("develop a photo: %w", ctx.Err())
	}
	reading, stop := context.WithTimeout(ctx, patience)
	defer stop()
	img, err := read(until(reading, sent))
	switch {
	case ctx.Err() != nil:
		return feed.Picture{}, fmt.Errorf("develop a photo: %w", ctx.Err())
	case err != nil:
		return feed.Picture{}, because(errUnreadable, err)
	}
	large := upright(shrink(img, LargeSide), orientation(sent))
	sum := sha256.Sum256(sent)
	out := feed.Picture{Sum: hex.EncodeToString(sum[:])}
	if out.Large, large, err = encode(large, LargeBytes); err != nil {
		return feed.Picture{}, fmt.Errorf("encode a photo: %w", err)
	}
	out.Width, out.Height = large.Bounds().Dx(), large.Bounds().Dy()
	if out.Small, _, err = encode(shrink(large, SmallSide), LargeBytes); err != nil {
		return feed.Picture{}, fmt.Errorf("encode a small photo: %w", err)
	}
	return out, nil
}

// reader is a function that reads.
type reader func([]byte) (int, error)

func (r reader) Read(b []byte) (int, error) { return r(b) }

// until reads what was sent until ctx ends, which no decoder would notice.
func until(ctx context.Context, sent []byte) io.Reader {
	r := bytes.NewReader(sent)
	return reader(func(b []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(b[:min(len(b), 512)])
	})
}

// admit looks at the head of a picture only, and says how to read the rest: what
// would fill the memory is never opened.
func admit(sent []byte) (read decoder, err error) {
	if len(sent) > MaxBytes {
		return nil, errBytes
	}
	f, known := formatOf(sent)
	if !known {
		return nil, errFormat
	}
	head, err := f.head(bytes.NewReader(sent))
	switch {
	case err != nil:
		return nil, because(errUnreadable, err)
	case head.Width <= 0 || head.Height <= 0:
		return nil, errUnreadable
	case head.Width > MaxPixels/head.Height:
		return nil, errPixels
	}
	return f.decode, nil
}

// formatOf tells a format by its first bytes.
func formatOf(sent []byte) (format, bool) {
	switch {
	case bytes.HasPrefix(sent, []byte("\xff\xd8\xff")):
		return format{jpeg.DecodeConfig, jpeg.Decode}, true
	case bytes.HasPrefix(sent, []byte(pngMagic)):
		return format{png.DecodeConfig, png.Decode}, true
	case len(sent) >= riffHead && string(sent[:4]) == "RIFF" && string(sent[8:riffHead]) == "WEBP":
		return format{webp.DecodeConfig, webp.Decode}, true
	}
	return format{}, false
}

// because is a refusal with its cause, for the log.
func because(refusal *feed.Error, cause error) error {
	if errors.Is(cause, image.ErrFormat) {
		return errFormat
	}
	e := refusal.With(refusal.Values)
	e.Err = cause
	return e
}

var (
	errFormat     = feed.Refuse(feed.Invalid, "Envoyez une photo JPEG, PNG ou WebP.", "Send a photo as JPEG, PNG or WebP.")
	errUnreadable = feed.Refuse(feed.Invalid, "Cette photo est illisible : reprenez-la.", "This photo cannot be read: take it again.")
	errBytes      = feed.Refuse(feed.Invalid, "Cette photo dépasse 4 Mo.", "This photo is larger than 4 MB.")
	errPixels     = feed.Refuse(feed.Invalid, "Cette photo dépasse 40 millions de pixels.", "This photo has more than 40 million pixels.")
)
