import { usePoll } from '../shell/poll'
import type { Neighbour, NeighbourPost, PlaceDetail } from '../api/place'
import type { Mood } from '../feed/order'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatTime, now } from '../i18n/time'
import { Sign } from '../wire/Sign'
import type { Survey } from './survey'

const every = 30_000

/** The places beside this one, and what burns there where they let it be seen. */
export function Neighbours({ survey, place }: { survey: Survey; place: PlaceDetail }) {
  const key = `${place.path} ${lang.value} ${place.links.map((l) => l.path).join(' ')}`
  const found = usePoll(() => survey.neighbours(place.path), every, key)
  const p = words.value.places
  return (
    <section class="sheet-box" aria-label={p.neighbours}>
      <h2>{p.neighbours}</h2>
      {!found && <p class="quiet waiting">{words.value.loading}</p>}
      {found?.length === 0 && <p class="quiet">{p.neighboursNone}</p>}
      <ul class="neighbours">
        {found?.map((one) => (
          <Beside key={`${one.way} ${one.path}`} one={one} />
        ))}
      </ul>
    </section>
  )
}

function Beside({ one }: { one: Neighbour }) {
  const p = words.value.places
  return (
    <li>
      <h3>
        {asRead(one.name)} <span>{p.way[one.way]}</span>
      </h3>
      {!one.shown && <p class="quiet">{p.hidden}</p>}
      {one.shown && one.open.length === 0 && <p class="quiet">{p.calm}</p>}
      <ul>
        {one.open.map((post, i) => (
          <Open key={i} post={post} />
        ))}
      </ul>
    </li>
  )
}

function Open({ post }: { post: NeighbourPost }) {
  const w = words.value
  const mood: Mood = post.state === 'new' ? (post.severity as Mood) : 'taken'
  return (
    <li class="beside-post">
      <Sign mood={mood} />
      <span>
        <b>{asRead(post.title)}</b>
        <span class="hint">{formatTime(w, post.since, now.value)}</span>
      </span>
    </li>
  )
}
