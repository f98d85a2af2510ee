import type { Pulse, Territory } from '../api/types'
import { words } from '../i18n/lang'
import { formatAge } from '../i18n/time'
import { pagePath } from '../shell/route'
import { Sign } from '../wire/Sign'
import { PulseWire } from './PulseWire'

const minute = 60_000

type Props = { place: Territory; pulse: Pulse | undefined; depth: number; most: number; onOpen: () => void }

/**
 * One place: its pulse, what waits there, how soon posts are taken. A touch shows
 * its feed; who reads none comes to what the place is.
 */
export function PlaceRow({ place, pulse, depth, most, onOpen }: Props) {
  const w = words.value
  const details = pagePath('territories', place.path)
  return (
    <li class={`place depth-${Math.min(depth, 3)} ${pulse?.flat ? 'flat' : ''}`}>
      <a href={pulse ? '/' : details} aria-label={pulse ? w.steer.seeFeed(place.name) : w.places.detailsOf(place.name)} onClick={() => pulse && onOpen()}>
        <span class="name">
          <b>{place.name}</b>
          {place.rollout !== 'open' && <em>{w.rules.rollout[place.rollout]}</em>}
        </span>
      </a>
      {!pulse && <span class="kind">{w.places.kinds[place.kind] ?? place.kind}</span>}
      {pulse && (
        <>
          <PulseWire name={place.name} beats={pulse.beats} most={most} />
          <Says pulse={pulse} />
          <a class="plain details" href={details} aria-label={w.places.detailsOf(place.name)}>
            {w.places.details}
          </a>
          {pulse.flat && <p class="hint">{w.steer.flatSays}</p>}
          {pulse.new && <p class="hint">{w.steer.freshSays}</p>}
        </>
      )}
    </li>
  )
}

/** What waits at a place, that nobody does anything there, or that it is too young to tell. */
function Says({ pulse }: { pulse: Pulse }) {
  const w = words.value
  const s = w.steer
  if (pulse.flat) {
    return (
      <p class="says">
        <Sign mood="major" />
        <strong>{s.flat}</strong>
      </p>
    )
  }
  if (pulse.new) return <p class="says">{s.fresh}</p>
  return (
    <p class="says">
      {pulse.waiting > 0 && <strong>{s.waiting(pulse.waiting)}</strong>}
      <span>{s.openPosts(pulse.open)}</span>
      {pulse.taken_p50 !== undefined && <span title={s.takenInSays}>{s.takenIn(formatAge(w, 0, pulse.taken_p50 * minute))}</span>}
    </p>
  )
}
