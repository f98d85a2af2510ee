import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import type { Point } from './points'

export type Subject = Point | 'article' | 'help' | 'question'

const icons: Record<Subject, string> = {
  'quality-point': 'M20 6a14 14 0 1 1 0 28 14 14 0 0 1 0-28zM30 30l12 12M14 20l4.5 4.5L27 16',
  'speed-point': 'M6 36a19 19 0 1 1 36 0M24 32 34 18M12 34h.1M36 34h.1M24 14v.1',
  'stop-point': 'M16 5h16l11 11v16L32 43H16L5 32V16zM19 17v14M29 17v14',
  shortage: 'M6 15 24 6l18 9v18l-18 9-18-9zM6 15l18 9 18-9M24 24v18',
  'safety-point': 'M24 5 41 11v12c0 10-7 17-17 20C14 40 7 33 7 23V11zM24 15v11M24 33v.1',
  idea: 'M17 32c0-4-7-7-7-15a14 14 0 0 1 28 0c0 8-7 11-7 15zM19 38h10M21 43h6',
  help: 'M14 22a6 6 0 1 1 0-12 6 6 0 0 1 0 12zM34 22a6 6 0 1 1 0-12 6 6 0 0 1 0 12zM4 40c0-8 4-13 10-13 4 0 7 3 10 7 3-4 6-7 10-7 6 0 10 5 10 13',
  question: 'M8 8h32v24H22l-10 9v-9H8zM20 17a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1-1.5 2.3M24 27v.1',
  article: 'M6 10v28M12 10v28M17 10v20M22 10v28M28 10v20M33 10v28M42 10v28M37 10v20',
}

const tileOf = (subject: Subject, w: Words): string => ({ ...w.lines.tile, article: w.article, help: w.people.helpTile, question: w.circuits.ask })[subject]
const hintOf = (subject: Subject, w: Words): string =>
  ({ ...w.lines.hint, article: w.reportHint.article, help: w.people.helpHint, question: w.circuits.askHint })[subject]

type Props = { subjects: Subject[]; chosen: Subject | undefined; onPick: (subject: Subject) => void }

/** What one may report, as tiles. */
export function KindTiles({ subjects, chosen, onPick }: Props) {
  const w = words.value
  return (
    <fieldset class={`tiles ${chosen ? 'chosen' : ''}`}>
      <legend>{w.reportWhat}</legend>
      {subjects.map((subject) => (
        <button type="button" class="tile" key={subject} aria-pressed={chosen === subject} onClick={() => onPick(subject)}>
          <svg viewBox="0 0 48 48" aria-hidden="true">
            <path d={icons[subject]} />
          </svg>
          <b>{tileOf(subject, w)}</b>
          <span>{hintOf(subject, w)}</span>
        </button>
      ))}
    </fieldset>
  )
}
