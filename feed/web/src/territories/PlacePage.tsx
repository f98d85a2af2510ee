import { useEffect, useMemo, useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import type { PlaceDetail } from '../api/place'
import type { Me, Role } from '../api/types'
import { within } from '../feed/order'
import { FollowKey } from '../follow/FollowKey'
import { EmbassyBox } from '../life/EmbassyBox'
import { UnledCard } from '../life/UnledCard'
import { lang, words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { pagePath } from '../shell/route'
import { reads, useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { ArrangeKeys } from './ArrangeKeys'
import { LaunchCard } from './LaunchCard'
import { Holds } from './Holds'
import { Neighbours } from './Neighbours'
import { Survey } from './survey'

/** One place: what holds there and from where, what lies around and below it. */
export function PlacePage({ path }: { path: string }) {
  const { client, me } = useSession()
  const survey = useMemo(() => new Survey(client), [client])
  const [place, setPlace] = useState<PlaceDetail>()
  const [failed, setFailed] = useState<unknown>()
  const [edits, setEdits] = useState(0)
  const page = useFocus<HTMLElement>()
  useEffect(() => {
    let left = false
    setFailed(undefined)
    survey.place(path).then(
      (read) => !left && setPlace(read),
      (err: unknown) => !left && setFailed(err ?? true),
    )
    return () => (left = true, undefined)
  }, [path, lang.value])
  const w = words.value
  const p = w.places
  const kind = place?.kind === 'machine' ? 'machine' : 'place'
  return (
    <main class="page territories place-page" ref={page} tabIndex={-1} aria-label={place?.name ?? w.pages.territories}>
      <PageTop title={place?.name ?? w.pages.territories} of={place && (p.kinds[place.kind] ?? place.kind)} back="/territories">
        {place && <FollowKey kind={kind} target={place.path} name={place.name} />}
      </PageTop>
      <LastNews />
      {failed !== undefined && !place && (
        <Unavailable text={failed instanceof Refusal ? p.missing : w.unreachable}>
          <a class="key main" href="/territories">
            {p.toAll}
          </a>
        </Unavailable>
      )}
      {!place && failed === undefined && <Skeleton count={2} />}
      {place && (
        <div class="place-body">
          <Above place={place} />
          <Holds place={place} />
          <div class="aside">
            {place.unled && place.kind !== 'machine' && (place.arrange || animates(me, place.path)) && <UnledCard place={place} onName={() => setEdits(edits + 1)} />}
            {place.arrange && <ArrangeKeys key={edits} place={place} survey={survey} begin={edits > 0 ? 'edit' : undefined} onChange={setPlace} />}
            {animates(me, place.path) && <LaunchCard key={place.charter?.version} path={place.path} onEdit={() => setEdits(edits + 1)} />}
            {reads(me) && <Neighbours survey={survey} place={place} />}
            {reads(me) && place.kind !== 'machine' && <EmbassyBox place={place} />}
            <Below place={place} />
          </div>
        </div>
      )}
    </main>
  )
}

const animates = (me: Me, place: string): boolean => !me.station && me.grants.some((g) => animators.includes(g.role) && within(place, g.territory))

const animators: Role[] = ['animator', 'manager', 'admin']

/** The way from the top of the tree. */
function Above({ place }: { place: PlaceDetail }) {
  if (place.above.length === 0) return null
  return (
    <nav class="above" aria-label={words.value.pages.territories}>
      {[...place.above].reverse().map((a) => (
        <a class="plain" key={a.path} href={pagePath('territories', a.path)}>
          {a.name}
        </a>
      ))}
      <span aria-current="page">{place.name}</span>
    </nav>
  )
}

/** The places right below. */
function Below({ place }: { place: PlaceDetail }) {
  const { client } = useSession()
  const [all, setAll] = useState<{ path: string; name: string; parent?: string; open: number }[]>([])
  useEffect(() => void client.territories().then(setAll, () => undefined), [place])
  const p = words.value.places
  const children = all.filter((t) => t.parent === place.path)
  if (children.length === 0) return null
  return (
    <section class="sheet-box" aria-label={p.below}>
      <h2>{p.below}</h2>
      <ul class="place-links">
        {children.map((t) => (
          <li key={t.path}>
            <a class="plain" href={pagePath('territories', t.path)}>
              {t.name}
            </a>
            {t.open > 0 && <span class="quiet">{p.open(t.open)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
