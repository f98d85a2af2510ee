const piece = 0x8000 // as many arguments as every browser bears

/** The bytes as base64, as JSON carries them. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}

/** The photos of a draft, as a request carries them; nothing where there are none. */
export async function photosIn(photos: readonly Blob[] | undefined): Promise<{ photos?: string[] }> {
  if (!photos?.length) return {}
  return { photos: await Promise.all(photos.map(async (photo) => toBase64(new Uint8Array(await photo.arrayBuffer())))) }
}
