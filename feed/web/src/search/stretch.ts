import type { Snippet } from '../api/search'

export type Stretch = { text: string; marked: boolean }

/** A snippet cut where its marks begin and end. */
export function stretchesOf({ text, marks }: Snippet): Stretch[] {
  const out: Stretch[] = []
  let at = 0
  for (const [start, length] of marks) {
    if (start > at) out.push({ text: text.slice(at, start), marked: false })
    out.push({ text: text.slice(start, start + length), marked: true })
    at = start + length
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false })
  return out
}
