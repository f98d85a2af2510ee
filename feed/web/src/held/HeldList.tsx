import type { Held } from '../api/living'
import type { Mood } from '../feed/order'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAge, now, timeAndDay } from '../i18n/time'
import { usePoll } from '../shell/poll'
import { usePopover } from '../shell/popover'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'
import './held.css'

const every = 10_000

/** What the rules noticed and nobody was told of, each with its reason. */
export function HeldList({ territory }: { territory: string }) {
  const { client } = useSession()
  const list = usePoll(() => client.held(territory), every, `${territory} ${lang.value}`)
  const { root, open, toggle, onKeyDown } = usePopover()
  if (!list) return null
  const l = words.value.living
  return (
    <div class="held" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="plain" aria-expanded={open} onClick={toggle}>
        {l.held} <b>{list.held.length + (list.more ? '+' : '')}</b>
      </button>
      {open && (
        <div class="menu" role="group" aria-label={l.heldTitle}>
          <h2>{l.heldTitle}</h2>
          {list.held.length === 0 && <p class="quiet">{l.heldNone}</p>}
          <ul tabIndex={0}>
            {list.held.map((held) => (
              <HeldRow key={held.key} held={held} onFollow={toggle} />
            ))}
          </ul>
          {list.more && <p class="quiet">{l.heldMore}</p>}
        </div>
      )}
    </div>
  )
}

function HeldRow({ held, onFollow }: { held: Held; onFollow: () => void }) {
  const w = words.value
  const l = w.living
  const mood: Mood = held.severity === 'info' ? 'done' : held.severity
  return (
    <li>
      <Sign mood={mood} />
      <div>
        <b>{asRead(held.title)}</b>
        <p>
          <strong>{l.heldFor[held.reason]}</strong>
          {held.until && ` · ${l.heldUntil(w.at(...timeAndDay(w, held.until, now.value)))}`}
        </p>
        <p class="quiet">
          {[held.asset_name, held.territory_name].filter(Boolean).join(' · ')} · {w.since(formatAge(w, held.since, now.value))}
        </p>
        {held.by && (
          <a class="plain" href={postPath(held.by)} aria-label={w.actOn(l.heldSeen, asRead(held.title))} onClick={onFollow}>
            {l.seen}
          </a>
        )}
      </div>
    </li>
  )
}
