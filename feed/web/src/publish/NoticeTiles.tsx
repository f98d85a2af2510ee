import { words } from '../i18n/lang'
import type { Published } from './PublishPage'

const icons: Record<Published, string> = {
  'must-read': 'M12 6h24v36H12zM18 15h12M18 22h12M18 32l4 4 8-9',
  announcement: 'M8 19v10h7l17 9V10l-17 9zM37 18a9 9 0 0 1 0 12',
}

const kinds: Published[] = ['must-read', 'announcement']

/** The two things one puts to people. */
export function NoticeTiles({ chosen, onPick }: { chosen: Published; onPick: (kind: Published) => void }) {
  const w = words.value.groups
  return (
    <fieldset class="tiles notice-tiles">
      <legend class="spoken">{w.whatToPut}</legend>
      {kinds.map((kind) => (
        <button type="button" class="tile" key={kind} aria-pressed={chosen === kind} onClick={() => onPick(kind)}>
          <svg viewBox="0 0 48 48" aria-hidden="true">
            <path d={icons[kind]} />
          </svg>
          <b>{w.notice[kind]}</b>
          <span>{w.noticeSays[kind]}</span>
        </button>
      ))}
    </fieldset>
  )
}
