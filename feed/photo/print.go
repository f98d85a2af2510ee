package photo

import (
	"bytes"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// shrink copies a picture on white, with no side longer than side. It halves
// what is much larger step by step: that loses no fine line, and takes less
// memory than the picture itself.
func shrink(img image.Image, side int) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	for img.Bounds().Dx() > 2*w || img.Bounds().Dy() > 2*h {
		img = scale(img, max(w, (img.Bounds().Dx()+1)/2), max(h, (img.Bounds().Dy()+1)/2))
	}
	return scale(img, w, h)
}

func scale(img image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

// upright turns a picture the way it was held, see orientation.
func upright(img *image.RGBA, held int) *image.RGBA {
	if held <= 1 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if held >= 5 { // lies on its side
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := place(x, y, w, h, held)
			out.SetRGBA(tx, ty, img.RGBAAt(x, y))
		}
	}
	return out
}

// place is where the pixel at x, y of a picture of w by h comes to stand.
func place(x, y, w, h, held int) (tx, ty int) {
	switch held {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// encode writes a picture in at most limit bytes, first at the cost of its
// finest grain, then of its size, and returns it as it was written.
func encode(img *image.RGBA, limit int) ([]byte, *image.RGBA, error) {
	for {
		for quality := 84; quality >= 44; quality -= 10 {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
				return nil, nil, err
			}
			if b.Len() <= limit {
				return b.Bytes(), img, nil
			}
		}
		img = shrink(img, max(img.Bounds().Dx(), img.Bounds().Dy())*3/4)
	}
}
