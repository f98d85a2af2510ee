package photo_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/photo"
)

// scene is red on its left and blue on its right half, with a green top left corner.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{B: 255, A: 255}
			switch {
			case x < w/4 && y < h/4:
				c = color.NRGBA{G: 255, A: 255}
			case x < w/2:
				c = color.NRGBA{R: 255, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}))
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

// place is where the photo was taken, as phones write it.
const place = "GPS 45.7640N 4.8357E"

// exif is an EXIF block with an orientation and a place.
func exif(order binary.ByteOrder, orientation uint16) []byte {
	head := "MM\x00*"
	if order == binary.LittleEndian {
		head = "II*\x00"
	}
	b := order.(binary.AppendByteOrder).AppendUint32([]byte(head), 8)
	app := order.(binary.AppendByteOrder)
	b = app.AppendUint16(b, 2)
	for _, e := range []struct{ tag, value uint16 }{{0x0100, 7}, {0x0112, orientation}} {
		b = app.AppendUint16(b, e.tag)
		b = app.AppendUint16(b, 3)
		b = app.AppendUint32(b, 1)
		b = app.AppendUint16(b, e.value)
		b = app.AppendUint16(b, 0)
	}
	b = app.AppendUint32(b, 0)
	return append(b, place...)
}

// inJPEG puts an EXIF block behind the first marker of a JPEG.
func inJPEG(picture, exif []byte) []byte {
	out := append([]byte{}, picture[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(2+6+len(exif)))
	out = append(out, "Exif\x00\x00"...)
	out = append(out, exif...)
	return append(out, picture[2:]...)
}

// chunk is one of a PNG.
func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// afterHeader puts a chunk behind the header of a PNG.
func afterHeader(picture, chunk []byte) []byte {
	const header = 8 + 25
	return append(append(append([]byte{}, picture[:header]...), chunk...), picture[header:]...)
}

func develop(t testing.TB, sent []byte) feed.Picture {
	t.Helper()
	p, err := photo.NewLab().Develop(t.Context(), sent)
	require.NoError(t, err)
	return p
}

func decode(t testing.TB, b []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	return img
}

// corner names the colour near a corner of a picture.
func corner(img image.Image, right, bottom bool) string {
	x, y := img.Bounds().Dx()/10, img.Bounds().Dy()/10
	if right {
		x = img.Bounds().Dx() - 1 - x
	}
	if bottom {
		y = img.Bounds().Dy() - 1 - y
	}
	r, g, b, _ := img.At(x, y).RGBA()
	switch max(r, g, b) {
	case r:
		return "red"
	case g:
		return "green"
	}
	return "blue"
}

func TestAPictureIsTurnedTheWayThePhoneWasHeld(t *testing.T) {
	t.Parallel()
	// The corners top left, top right, bottom left, bottom right of what is kept.
	for orientation, want := range map[uint16][4]string{
		0: {"green", "blue", "red", "blue"},
		1: {"green", "blue", "red", "blue"},
		2: {"blue", "green", "blue", "red"},
		3: {"blue", "red", "blue", "green"},
		4: {"red", "blue", "green", "blue"},
		5: {"green", "red", "blue", "blue"},
		6: {"red", "green", "blue", "blue"},
		7: {"blue", "blue", "red", "green"},
		8: {"blue", "blue", "green", "red"},
		9: {"green", "blue", "red", "blue"},
	} {
		for name, sent := range map[string][]byte{
			"JPEG":                inJPEG(asJPEG(t, scene(64, 32)), exif(binary.BigEndian, orientation)),
			"JPEG, little-endian": inJPEG(asJPEG(t, scene(64, 32)), exif(binary.LittleEndian, orientation)),
			"PNG":                 afterHeader(asPNG(t, scene(64, 32)), chunk("eXIf", exif(binary.BigEndian, orientation))),
		} {
			p := develop(t, sent)
			img := decode(t, p.Large)
			got := [4]string{corner(img, false, false), corner(img, true, false), corner(img, false, true), corner(img, true, true)}
			require.Equal(t, want, got, "%s %d", name, orientation)
			require.Equal(t, orientation >= 5 && orientation <= 8, p.Width < p.Height)
			require.Equal(t, []int{img.Bounds().Dx(), img.Bounds().Dy()}, []int{p.Width, p.Height})
		}
	}
}

func TestNothingIsKeptOfWhereAndWithWhatItWasTaken(t *testing.T) {
	t.Parallel()
	script := []byte("<script>alert(1)</script>")
	for name, sent := range map[string][]byte{
		"EXIF":            inJPEG(asJPEG(t, scene(64, 64)), exif(binary.BigEndian, 6)),
		"PNG text":        afterHeader(asPNG(t, scene(64, 64)), chunk("tEXt", []byte("Location\x00"+place))),
		"page at the end": append(asJPEG(t, scene(64, 64)), script...),
		"page in between": inJPEG(asJPEG(t, scene(64, 64)), script),
		"zip at the end":  append(asPNG(t, scene(64, 64)), "PK\x03\x04"+place...),
	} {
		p := develop(t, sent)
		for _, kept := range [][]byte{p.Large, p.Small} {
			require.NotContains(t, string(kept), "GPS", name)
			require.NotContains(t, string(kept), "Exif", name)
			require.NotContains(t, string(kept), "script", name)
			require.NotContains(t, string(kept), "PK\x03\x04", name)
			require.True(t, bytes.HasPrefix(kept, []byte("\xff\xd8\xff\xdb")), "%s: a bare JPEG", name)
			require.True(t, bytes.HasSuffix(kept, []byte("\xff\xd9")), name)
		}
	}
}

func TestAPictureFitsASlowNetwork(t *testing.T) {
	t.Parallel()
	noise := image.NewGray(image.Rect(0, 0, 1800, 1800)) // nothing compresses worse
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Uint32())
	}
	for name, c := range map[string]struct {
		sent          []byte
		width, height int // 0: not known before
	}{
		"wide":  {asJPEG(t, scene(3000, 1000)), 1600, 533},
		"tall":  {asPNG(t, scene(500, 3200)), 250, 1600},
		"thin":  {asPNG(t, scene(4000, 1)), 1600, 1},
		"small": {asPNG(t, scene(30, 20)), 30, 20},
		"noise": {asPNG(t, noise), 0, 0},
	} {
		p := develop(t, c.sent)
		require.LessOrEqual(t, len(p.Large), photo.LargeBytes, name)
		if c.width > 0 {
			require.Equal(t, []int{c.width, c.height}, []int{p.Width, p.Height}, name)
		}
		small := decode(t, p.Small).Bounds()
		require.LessOrEqual(t, max(small.Dx(), small.Dy()), photo.SmallSide, name)
		large := decode(t, p.Large).Bounds()
		require.Equal(t, []int{p.Width, p.Height}, []int{large.Dx(), large.Dy()}, name)
	}
}

func TestWhatIsTransparentIsWhite(t *testing.T) {
	t.Parallel()
	img := decode(t, develop(t, asPNG(t, image.NewNRGBA(image.Rect(0, 0, 9, 9)))).Large)
	r, g, b, _ := img.At(4, 4).RGBA()
	require.Equal(t, [3]uint32{0xffff, 0xffff, 0xffff}, [3]uint32{r, g, b})
}

// bomb is a PNG of a few bytes that says how large it would be.
func bomb(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 6, 0, 0, 0))...)
}

// webpBomb has a small canvas and a huge picture on it.
func webpBomb() []byte {
	canvas := []byte{0, 0, 0, 0, 9, 0, 0, 9, 0, 0}
	picture := []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0} // 16384 by 16384
	body := append([]byte("WEBPVP8X\x0a\x00\x00\x00"), canvas...)
	body = append(append(body, "VP8L\x06\x00\x00\x00"...), picture...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func TestWhatIsNoPhotoIsRefusedInWords(t *testing.T) {
	t.Parallel()
	whole := asJPEG(t, scene(64, 64))
	for name, c := range map[string]struct {
		sent []byte
		want string
	}{
		"bomb":          {bomb(100_000, 100_000), "40 millions"},
		"tall bomb":     {bomb(1, 1<<31-1), "40 millions"},
		"a pixel over":  {bomb(8000, 5001), "40 millions"},
		"WebP bomb":     {webpBomb(), "illisible"},
		"no pixel":      {bomb(0, 5), "illisible"},
		"cut":           {whole[:len(whole)/2], "illisible"},
		"head only":     {whole[:4], "illisible"},
		"nothing":       {nil, "JPEG, PNG ou WebP"},
		"GIF":           {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "JPEG, PNG ou WebP"},
		"SVG":           {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "JPEG, PNG ou WebP"},
		"page":          {[]byte("<!doctype html><script>alert(1)</script>"), "JPEG, PNG ou WebP"},
		"too many":      {append(whole, make([]byte, photo.MaxBytes)...), "4 Mo"},
		"sound in RIFF": {[]byte("RIFF\x04\x00\x00\x00WAVE"), "JPEG, PNG ou WebP"},
	} {
		_, err := photo.NewLab().Develop(t.Context(), c.sent)
		var refusal *feed.Error
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, feed.Invalid, refusal.Problem, name)
		require.Contains(t, refusal.Text.FR, c.want, name)
	}
}

func TestAWebPIsReadToo(t *testing.T) {
	t.Parallel()
	dot, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	require.NoError(t, err)
	p := develop(t, dot)
	require.Equal(t, []int{1, 1}, []int{p.Width, p.Height})
	decode(t, p.Large)
}

func TestTheSameBytesMakeTheSamePicture(t *testing.T) {
	t.Parallel()
	sent := asJPEG(t, scene(700, 500))
	first, again := develop(t, sent), develop(t, sent)
	require.Equal(t, first, again)
	require.NotEqual(t, develop(t, sent).Sum, develop(t, append(sent, 0)).Sum)
}

func TestWhoNoLongerWaitsIsLetGo(t *testing.T) {
	t.Parallel()
	lab := photo.NewLab()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.Eventually(t, func() bool { // a free lab and a gone visitor: either may win
		_, err := lab.Develop(ctx, asPNG(t, scene(8, 8)))
		return err != nil && ctx.Err() != nil && feed.ProblemOf(err) == feed.Internal
	}, 10*time.Second, time.Millisecond)
	_, err := lab.Develop(t.Context(), asPNG(t, scene(8, 8)))
	require.NoError(t, err, "the lab is free again")
}

// scans is a progressive JPEG of 36 million pixels that says of each of them,
// again and again, that there is nothing to add.
func scans(n int) []byte {
	b := []byte("\xff\xd8\xff\xc2\x00\x0b\x08\x17\x70\x17\x70\x01\x01\x11\x00") // 6000 by 6000, grey
	lengths := append([]byte{1}, make([]byte, 15)...)                           // one code, of one bit
	b = append(append(append(b, "\xff\xc4\x00\x14\x10"...), lengths...), 0xe0)  // a run of blocks
	var bits big.Int
	const runs = 18 // of 32767 blocks each
	for range runs {
		bits.Or(bits.Lsh(&bits, 15), big.NewInt(1<<14-1))
	}
	bits.Lsh(&bits, 2) // up to a whole byte
	data := bytes.ReplaceAll(bits.FillBytes(make([]byte, (15*runs+2)/8)), []byte{0xff}, []byte{0xff, 0})
	for range n {
		b = append(append(b, "\xff\xda\x00\x08\x01\x01\x00\x01\x01\x00"...), data...)
	}
	return append(b, "\xff\xd9"...)
}

func TestAPictureThatIsToldWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	lab := photo.NewLab()
	_, err := lab.Develop(t.Context(), scans(2))
	require.NoError(t, err, "a few times are a way to send a picture")
	sent := scans(60_000)
	require.Less(t, len(sent), photo.MaxBytes)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := lab.Develop(ctx, sent)
		ended <- err
	}()
	select {
	case err := <-ended:
		require.ErrorIs(t, err, context.DeadlineExceeded)
	case <-time.After(40 * time.Second):
		require.Fail(t, "still read")
	}
}

func FuzzDevelop(f *testing.F) {
	f.Add(asJPEG(f, scene(16, 8)))
	f.Add(inJPEG(asJPEG(f, scene(16, 8)), exif(binary.LittleEndian, 6)))
	f.Add(inJPEG(asJPEG(f, scene(16, 8)), exif(binary.BigEndian, 3)[:12]))
	f.Add(afterHeader(asPNG(f, scene(16, 8)), chunk("eXIf", exif(binary.BigEndian, 5))))
	f.Add(bomb(6000, 6000))
	f.Add(webpBomb())
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPEXIF\xff\xff\xff\xff"))
	lab := photo.NewLab()
	f.Fuzz(func(t *testing.T, sent []byte) {
		p, err := lab.Develop(t.Context(), sent)
		if err != nil {
			require.Equal(t, feed.Invalid, feed.ProblemOf(err), "%v", err)
			return
		}
		require.LessOrEqual(t, len(p.Large), photo.LargeBytes)
		require.LessOrEqual(t, max(p.Width, p.Height), photo.LargeSide)
		head, err := jpeg.DecodeConfig(bytes.NewReader(p.Large))
		require.NoError(t, err)
		require.Equal(t, []int{p.Width, p.Height}, []int{head.Width, head.Height})
	})
}
