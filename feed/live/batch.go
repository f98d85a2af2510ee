package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/fildefer/fildefer/feed"
)

// frame is one changed post on its way to the readers.
type frame struct {
	change    int64
	post      *feed.Post
	everybody bool // it is for everybody in scope; what few may see is read when they ask
	text      map[feed.Lang]func() []byte
}

// newFrame returns the frame of p. It is encoded when the first reader of a
// language asks, and once.
func newFrame(ctx context.Context, encode Encoder, log *slog.Logger, p *feed.Post) *frame {
	ctx = context.WithoutCancel(ctx) // shared by readers that come and go
	in := func(lang feed.Lang) func() []byte {
		return sync.OnceValue(func() []byte {
			body, err := encode(ctx, lang, p)
			if err != nil {
				log.LogAttrs(ctx, slog.LevelError, "change not sent", slog.String("post", string(p.ID)), slog.Any("error", err))
				return nil
			}
			return fmt.Appendf(nil, "id: %d\nevent: post\ndata: %s\n\n", p.Change, body)
		})
	}
	return &frame{
		change:    p.Change,
		post:      p,
		everybody: p.Audience == feed.Everybody,
		text:      map[feed.Lang]func() []byte{feed.French: in(feed.French), feed.English: in(feed.English)},
	}
}

// within tells whether readers of scope are told of the change.
func (f *frame) within(scope feed.Scope) bool { return f.everybody && scope.Sees(f.post) }

// bytes is the frame as sent in lang, empty when it could not be encoded.
func (f *frame) bytes(lang feed.Lang) []byte { return inLang(f.text, lang) }

// inLang answers in French whatever is not asked for in English.
func inLang(text map[feed.Lang]func() []byte, lang feed.Lang) []byte {
	if lang == feed.English {
		return text[feed.English]()
	}
	return text[feed.French]()
}

// batch is what one look at the store brought. more is closed once next is set.
type batch struct {
	frames []*frame
	text   map[feed.Lang]func() []byte // of all frames
	last   int64                       // number of the last change up to here
	count  int64                       // frames up to here, since the hub began
	next   *batch
	more   chan struct{}
}

func newBatch(last int64, frames ...*frame) *batch {
	b := &batch{frames: frames, last: last, more: make(chan struct{})}
	in := func(lang feed.Lang) func() []byte {
		return sync.OnceValue(func() (joined []byte) {
			for _, f := range b.frames {
				joined = append(joined, f.bytes(lang)...)
			}
			return joined
		})
	}
	b.text = map[feed.Lang]func() []byte{feed.French: in(feed.French), feed.English: in(feed.English)}
	return b
}

// bytes is the whole batch as sent in lang: one piece is written faster than
// many, and who sees all of it is spared the joining.
func (b *batch) bytes(lang feed.Lang) []byte { return inLang(b.text, lang) }

// follow returns the batch after b, nil while there is none.
func (b *batch) follow() *batch {
	select {
	case <-b.more:
		return b.next
	default:
		return nil
	}
}
