// What a camera sees: the bars of an EAN-13 on a shelf label, or the square code of
// a badge, drawn into a raw video that Chromium shows in place of its picture.
import { writeFile } from 'node:fs/promises'
import { encode } from 'uqr'

const size = { width: 640, height: 480 }
const module_ = 4 // px of the narrowest bar
const bars = { top: 120, bottom: 360 }
const paper = 235
const ink = 16

const left = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011']
const parities = ['LLLLLL', 'LLGLGG', 'LLGGLG', 'LLGGGL', 'LGLLGG', 'LGGLLG', 'LGGGLL', 'LGLGLG', 'LGLGGL', 'LGGLGL']
const inverse = (bits) => bits.replace(/./g, (bit) => String(1 - Number(bit)))
const mirror = (bits) => [...bits].reverse().join('')

/** The 95 modules of an EAN-13 (ISO/IEC 15420): 1 is a bar. */
export function modules(ean) {
  const [first, ...rest] = [...ean].map(Number)
  const one = rest.slice(0, 6).map((digit, i) => (parities[first][i] === 'L' ? left[digit] : mirror(inverse(left[digit]))))
  const two = rest.slice(6).map((digit) => inverse(left[digit]))
  return `101${one.join('')}01010${two.join('')}101`
}

/** The arguments with which a browser's camera sees the bars of an article, kept in a file. */
export function cameraSeeing(ean, file) {
  const code = modules(ean)
  const from = Math.round((size.width - code.length * module_) / 2)
  const row = Buffer.alloc(size.width, paper)
  for (const [i, bit] of [...code].entries()) if (bit === '1') row.fill(ink, from + i * module_, from + (i + 1) * module_)
  const blank = Buffer.alloc(size.width, paper)
  return camera((y) => (y >= bars.top && y < bars.bottom ? row : blank), file)
}

/** The same with the square code of a badge. */
export function cameraSeeingSquare(text, file) {
  const { data } = encode(text, { border: 4 })
  const side = Math.floor(size.height / data.length)
  const from = Math.floor((size.width - side * data.length) / 2)
  const rows = data.map((line) => {
    const row = Buffer.alloc(size.width, paper)
    for (const [i, dark] of line.entries()) if (dark) row.fill(ink, from + i * side, from + (i + 1) * side)
    return row
  })
  const blank = Buffer.alloc(size.width, paper)
  return camera((y) => rows[Math.floor(y / side)] ?? blank, file)
}

/** Writes the picture, given row by row, as what the camera sees. */
async function camera(rowAt, file) {
  const colours = Buffer.alloc((size.width * size.height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...Array.from({ length: size.height }, (_, y) => rowAt(y)), colours])
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${size.width} H${size.height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]))
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]
}
