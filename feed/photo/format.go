package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
)

type decoder func(io.Reader) (image.Image, error)

// format is how a kind of file is read: its head, then all of it.
type format struct {
	head   func(io.Reader) (image.Config, error)
	decode decoder
}

const (
	pngMagic = "\x89PNG\r\n\x1a\n"
	riffHead = 12 // RIFF, size, WEBP
)

// orientation is how the phone was held, as EXIF has it: 1 to 8, where 1 is
// upright. What is absent or makes no sense is upright.
func orientation(sent []byte) int {
	switch {
	case bytes.HasPrefix(sent, []byte("\xff\xd8")):
		return held(jpegExif(sent))
	case bytes.HasPrefix(sent, []byte(pngMagic)):
		return held(pngExif(sent))
	default:
		return held(webpExif(sent))
	}
}

// jpegExif finds the EXIF block among the segments before the picture.
func jpegExif(b []byte) []byte {
	for b = b[2:]; len(b) >= 4 && b[0] == 0xff; {
		marker, size := b[1], int(binary.BigEndian.Uint16(b[2:]))
		if marker == 0xff { // padding
			b = b[1:]
			continue
		}
		if marker == 0xda || size < 2 || len(b) < 2+size {
			return nil
		}
		body := b[4 : 2+size]
		if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return exif
		}
		b = b[2+size:]
	}
	return nil
}

// pngExif finds the eXIf chunk.
func pngExif(b []byte) []byte {
	const frame = 12 // length, name, checksum
	for b = b[len(pngMagic):]; len(b) >= frame; {
		size := int64(binary.BigEndian.Uint32(b))
		if size > int64(len(b)-frame) {
			return nil
		}
		if string(b[4:8]) == "eXIf" {
			return b[8 : 8+size]
		}
		b = b[frame+size:]
	}
	return nil
}

// webpExif finds the EXIF chunk.
func webpExif(b []byte) []byte {
	const frame = 8 // name, length
	for b = b[riffHead:]; len(b) >= frame; {
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		if size > int64(len(b)-frame) {
			return nil
		}
		if string(b[:4]) == "EXIF" {
			exif := b[frame : frame+size]
			return bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
		}
		b = b[min(int64(len(b)), frame+size+size%2):]
	}
	return nil
}

// held reads the orientation out of an EXIF block, a small TIFF file (CIPA
// DC-008): the first directory lists it under the tag 0x0112.
func held(exif []byte) int {
	const upright, tag, short, entry = 1, 0x0112, 3, 12
	if len(exif) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(exif[:2]) == "II" {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(exif[4:]))
	if start+2 > int64(len(exif)) {
		return upright
	}
	n, list := int(order.Uint16(exif[start:])), exif[start+2:]
	for ; n > 0 && len(list) >= entry; n, list = n-1, list[entry:] {
		if order.Uint16(list) != tag || order.Uint16(list[2:]) != short {
			continue
		}
		if o := int(order.Uint16(list[8:])); o >= 1 && o <= 8 {
			return o
		}
	}
	return upright
}
