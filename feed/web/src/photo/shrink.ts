const longestSide = 1600 // px
const mostBytes = 300_000
const qualities = [0.85, 0.75, 0.65, 0.5, 0.38]
const leastSide = 400

/** Draws the picture with that longest side, as a JPEG of that quality. */
export type Draw = (side: number, quality: number) => Promise<Blob>

/** The best JPEG of a picture that is light enough for a poor network. */
export async function lightest(draw: Draw, side: number): Promise<Blob> {
  for (let at = Math.min(side, longestSide); ; at = Math.round(at * 0.75)) {
    for (const quality of qualities) {
      const jpeg = await draw(at, quality)
      if (jpeg.size <= mostBytes || (at <= leastSide && quality === qualities.at(-1))) return jpeg
    }
  }
}

/** A photo as it is sent: turned as it was held, small, and without its place and camera. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const longest = Math.max(picture.width, picture.height)
    return await lightest((side, quality) => paint(picture, Math.min(1, side / longest), quality), longest)
  } finally {
    picture.close()
  }
}

function paint(picture: ImageBitmap, scale: number, quality: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser has nothing left to draw with')
  // What is transparent would come out black.
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((jpeg) => (jpeg ? resolve(jpeg) : reject(new Error('this picture cannot be drawn'))), 'image/jpeg', quality),
  )
}
