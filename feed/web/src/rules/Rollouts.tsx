import { useState } from 'preact/hooks'
import type { Rollout, Territory } from '../api/types'
import { within } from '../feed/order'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { GhostDialog } from './GhostDialog'
import { GhostPosts } from './GhostPosts'
import { useReading } from './reading'

const states: Rollout[] = ['ghost', 'pilot', 'open']

/** How far each place is, from rules that nobody hears to people who are asked. */
export function Rollouts() {
  const { client, me } = useSession()
  const territories = useReading(client.territories, lang.value)
  const w = words.value
  if (territories.failed) return <Unavailable text={w.unreachable} />
  if (!territories.value) return <p class="quiet waiting">{w.loading}</p>
  const roots = me.grants.filter((g) => ['animator', 'manager', 'admin'].includes(g.role)).map((g) => g.territory)
  const places = territories.value.filter((t) => t.kind !== 'machine' && roots.some((root) => within(t.path, root))).sort(byPlace)
  return (
    <>
      <dl class="rollout-says">
        {states.map((state) => (
          <div key={state}>
            <dt>{w.rules.rollout[state]}</dt>
            <dd>{w.rules.rolloutSays[state]}</dd>
          </div>
        ))}
      </dl>
      <ul class="rollouts">
        {places.map((place) => (
          <PlaceRollout key={place.path} place={place} depth={depthOf(place.path, places)} onChange={territories.again} />
        ))}
      </ul>
    </>
  )
}

function PlaceRollout({ place, depth, onChange }: { place: Territory; depth: number; onChange: () => void }) {
  const { client } = useSession()
  const { attempt } = useActs()
  const [asking, setAsking] = useState(false)
  const r = words.value.rules
  const set = (state: Rollout): void => {
    void attempt(async () => void (await client.rollOut(place.path, state))).then(onChange)
  }
  const choose = (state: Rollout): void => {
    if (state === place.rollout) return
    if (state === 'ghost') setAsking(true)
    else set(state)
  }
  return (
    <li class={`depth-${Math.min(depth, 3)}`}>
      <b>{place.name}</b>
      <div class="states" role="group" aria-label={r.rolloutOf(place.name)}>
        {states.map((state) => (
          <button
            type="button"
            class="chip"
            key={state}
            aria-label={r.setTo(place.name, r.rollout[state])}
            aria-pressed={place.rollout === state}
            onClick={() => choose(state)}
          >
            {r.rollout[state]}
          </button>
        ))}
      </div>
      {asking && <GhostDialog place={place} onClose={() => setAsking(false)} onGo={() => set('ghost')} />}
      {place.rollout === 'ghost' && <GhostPosts place={place} />}
    </li>
  )
}
