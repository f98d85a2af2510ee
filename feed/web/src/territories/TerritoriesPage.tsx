import type { Me, Pulse, Role, Territory } from '../api/types'
import { place as shown } from '../direct/place'
import { runs } from '../feed/order'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { useMemo, useState } from 'preact/hooks'
import { useReading } from '../rules/reading'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { route } from '../shell/route'
import { usePoll } from '../shell/poll'
import { animates } from '../life/animates'
import { NeedList } from '../life/NeedList'
import { reads, useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { MakingCard } from './MakingCard'
import { ImportPanel } from './ImportPanel'
import { PlacePage } from './PlacePage'
import { PlaceRow } from './PlaceRow'
import { Survey } from './survey'
import './territories.css'
import './places.css'

const every = 30_000

/** *Territoires*: all of them, or the one that the address names. */
export function TerritoriesPage() {
  const at = route.value
  const path = at.at === 'territories' ? at.id : undefined
  return path === undefined ? <AllPlaces /> : <PlacePage key={path} path={path} />
}

/** What is made, and how each place lives. */
function AllPlaces() {
  const { client, me } = useSession()
  const survey = useMemo(() => new Survey(client), [client])
  const [bringing, setBringing] = useState(false)
  const [round, setRound] = useState(0)
  const page = useFocus<HTMLElement>()
  const w = words.value
  return (
    <main class="page territories" ref={page} tabIndex={-1} aria-label={w.steer.territories}>
      <PageTop title={w.steer.territories}>
        {arranges(me) && (
          <button type="button" class="key bring" aria-expanded={bringing} onClick={() => setBringing(!bringing)}>
            {w.places.bring}
          </button>
        )}
      </PageTop>
      <LastNews />
      <div class={`territories-body ${reads(me) ? '' : 'tree-only'}`}>
        {bringing && (
          <ImportPanel
            survey={survey}
            onDone={() => {
              setBringing(false)
              setRound(round + 1)
            }}
          />
        )}
        {animates(me) && <NeedList />}
        <Making />
        <Places key={round} />
      </div>
    </main>
  )
}

const arranges = (me: Me): boolean => !me.station && me.grants.some((g) => arrangers.includes(g.role))

const noPulses = async (): Promise<Pulse[]> => []

const arrangers: Role[] = ['manager', 'animator', 'admin']

/** The production threads that go on. */
function Making() {
  const { feed } = useSession()
  const posts = [...feed.posts.value.values()].filter(runs)
  if (posts.length === 0) return null
  return (
    <section class="makes" aria-label={words.value.steer.making}>
      <h2>{words.value.steer.making}</h2>
      {posts.map((post) => (
        <MakingCard key={post.id} post={post} run={post.run!} />
      ))}
    </section>
  )
}

/** The tree of places, each with its pulse; without, for who reads no posts there. */
function Places() {
  const { client, me } = useSession()
  const reading = reads(me)
  const territories = useReading(client.territories, lang.value)
  const pulses = usePoll(reading ? client.pulse : noPulses, every, reading)
  const w = words.value
  if (territories.failed) return <Unavailable text={w.unreachable} />
  if (!territories.value || !pulses) return <p class="quiet waiting">{w.loading}</p>
  const of = new Map(pulses.map((p) => [p.territory, p]))
  const places = territories.value.filter((t) => of.has(t.path) || (!reading && t.kind !== 'machine')).map((t): [Territory, Pulse | undefined] => [t, of.get(t.path)])
  places.sort(([a], [b]) => byPlace(a, b))
  const most = Math.max(...pulses.flatMap((p) => p.beats), 1)
  const nodes = places.map(([t]) => t)
  return (
    <section aria-label={w.steer.territories}>
      {reading && (
        <h2>
          {w.steer.pulses} <span>{w.steer.lastDay}</span>
        </h2>
      )}
      {places.length === 0 && <p class="quiet">{w.steer.territoriesNone}</p>}
      <ul class="places">
        {places.map(([place, pulse]) => (
          <PlaceRow key={place.path} place={place} pulse={pulse} depth={depthOf(place.path, nodes)} most={most} onOpen={() => (shown.value = place.path)} />
        ))}
      </ul>
    </section>
  )
}
