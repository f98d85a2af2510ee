import type { PlaceDetail, PlaceEdit } from '../api/place'

type Both = { fr: string; en: string }

/** What the form of a place holds: only what the place says itself. */
export type Form = {
  name: string
  kind: string
  calendar: string
  language: string
  animator: string
  charter: Both
  words: Record<string, Both>
  before: string[]
  after: string[]
  sideways: boolean
}

export const reactions = ['useful', 'like', 'recommend']

/** What a place says itself; what it has from above is left empty. */
export function formOf(place: PlaceDetail): Form {
  const own = (from: { path: string } | undefined): boolean => from?.path === place.path
  const words: Record<string, Both> = {}
  for (const word of [...reactions, place.kind]) {
    const said = place.words.find((w) => w.word === word && own(w.from))
    words[word] = { fr: said?.fr ?? '', en: said?.en ?? '' }
  }
  const side = (way: string): string[] => place.links.filter((l) => l.said && l.way === way).map((l) => l.path)
  return {
    name: place.name,
    kind: place.kind,
    calendar: own(place.calendar.from) ? place.calendar.value : '',
    language: own(place.language.from) ? place.language.value : '',
    animator: own(place.animator.from) ? place.animator.value : '',
    charter: place.charter && own(place.charter.from) ? { fr: place.charter.fr, en: place.charter.en } : { fr: '', en: '' },
    words,
    before: side('before'),
    after: side('after'),
    sideways: place.sideways,
  }
}

/** What changed in the form, and no more: two people who edit different things do not undo each other. */
export function editOf(from: Form, to: Form): PlaceEdit {
  const edit: Record<string, unknown> = {}
  for (const key of Object.keys(to) as (keyof Form)[]) {
    if (key === 'words') continue
    if (JSON.stringify(from[key]) !== JSON.stringify(to[key])) edit[key] = to[key]
  }
  const words = Object.fromEntries(Object.entries(to.words).filter(([word, said]) => said.fr.trim() !== from.words[word]?.fr || said.en.trim() !== from.words[word]?.en))
  if (Object.keys(words).length > 0) edit['words'] = words
  return edit as PlaceEdit
}
