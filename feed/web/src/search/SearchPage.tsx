import { useEffect, useRef, useState } from 'preact/hooks'
import type { Asked } from '../api/search'
import { words } from '../i18n/lang'
import { PageTop } from '../shell/PageTop'
import { pagePath, route, under } from '../shell/route'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { Unavailable } from '../shell/Unavailable'
import { Filters, since } from './Filters'
import { Hit, PersonHit } from './Hit'
import { useHitKeys } from './keys'
import { forget, recent, remember } from './recent'
import { useSearch, type Search } from './useSearch'
import './search.css'

/** *Chercher*: posts, what was said on them, and people, by their words. */
export function SearchPage() {
  const at = route.value
  const given = at.at === 'search' ? (at.id ?? '') : ''
  const { client, me } = useSession()
  const page = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(given)
  const [days, setDays] = useState(0)
  const [filters, setFilters] = useState<Partial<Asked>>({})
  const from = since(days, Date.now())
  const asked = present({ ...filters, q: typed, ...(from && { from }) })
  const found = useSearch(client, asked)
  useHitKeys(page, field)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  useEffect(() => setTyped(given), [given])
  useEffect(() => keepAddress(typed), [typed])
  const opened = (): void => void (!me.station && remember(localStorage, me.id, typed))
  const w = words.value
  return (
    <main class="page search" ref={page} tabIndex={-1} aria-label={w.pages.search}>
      <PageTop title={w.pages.search} />
      <div class="search-body">
        <form role="search" onSubmit={(event) => (event.preventDefault(), opened(), found.again(), field.current?.blur())}>
          <label class="q">
            <span class="spoken">{w.search.label}</span>
            <input ref={field} type="search" name="q" maxLength={200} autocomplete="off" enterkeyhint="search" placeholder={w.search.placeholder} value={typed} onInput={(e) => setTyped(e.currentTarget.value)} />
          </label>
          <Filters asked={asked} days={days} onAsk={(more, span) => (setFilters({ ...filters, ...more }), span !== undefined && setDays(span))} />
        </form>
        <Answer search={found} typed={typed} onOpen={opened} onPick={(q) => (setTyped(q), field.current?.focus())} />
      </div>
      <p class="keys-hint" aria-hidden="true">
        <kbd>/</kbd> {w.search.keyField} <kbd>j</kbd> <kbd>k</kbd> {w.keyBrowse} <kbd>{w.search.enter}</kbd> {w.keyOpen}
      </p>
    </main>
  )
}

/** What is asked for, without what is not. */
const present = (asked: Asked): Asked => Object.fromEntries(Object.entries(asked).filter(([name, value]) => name === 'q' || value)) as Asked

/** The address says what is looked for: whoever comes back finds it again. */
function keepAddress(typed: string): void {
  const words = typed.trim()
  const path = words ? pagePath('search', words) : '/search'
  if (path === location.pathname || route.peek().at !== 'search') return
  history.replaceState(null, '', path)
  under.value = path
}

type Props = { search: Search; typed: string; onOpen: () => void; onPick: (q: string) => void }

function Answer({ search, typed, onOpen, onPick }: Props) {
  const w = words.value
  const { found, failed, busy, more, again } = search
  if (failed !== undefined) {
    return (
      <Unavailable text={failed === true ? w.search.failed : failed}>
        <button type="button" class="key main" onClick={again}>
          {w.search.retry}
        </button>
      </Unavailable>
    )
  }
  if (!found) return busy ? <Skeleton count={3} /> : <Before onPick={onPick} />
  if (found.results.length + found.people.length === 0) {
    return (
      <div class="nothing" role="status">
        <h2>{typed.trim() ? w.search.none(typed.trim()) : w.search.noneHere}</h2>
        <p class="quiet">{w.search.tryThis}</p>
      </div>
    )
  }
  return (
    <>
      {found.people.length > 0 && (
        <section class="hits" aria-label={w.pages.people}>
          <h2>{w.pages.people}</h2>
          <ul>
            {found.people.map((person) => (
              <PersonHit key={person.id} person={person} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      )}
      <section class="hits" aria-label={w.search.results} aria-busy={busy}>
        <h2 role="status">
          {found.next || found.bounded ? w.search.atLeast(found.results.length) : w.search.found(found.results.length)}
          {found.bounded && <span> {w.search.bounded}</span>}
        </h2>
        <ul>
          {found.results.map((result) => (
            <Hit key={result.comment?.id ?? result.post.id} result={result} onOpen={onOpen} />
          ))}
        </ul>
        {found.next && (
          <button type="button" class="key" onClick={more} disabled={busy}>
            {w.search.more}
          </button>
        )}
      </section>
    </>
  )
}

/** Before anything is typed: what was looked for lately, where nobody else reads it, and what can be asked. */
function Before({ onPick }: { onPick: (q: string) => void }) {
  const { me } = useSession()
  const [lately, setLately] = useState(me.station ? [] : recent(localStorage, me.id))
  const w = words.value.search
  return (
    <div class="search-before">
      {lately.length > 0 && (
        <section aria-label={w.lately}>
          <h2>{w.lately}</h2>
          <div class="chips">
            {lately.map((q) => (
              <button type="button" class="chip" key={q} onClick={() => onPick(q)}>
                {q}
              </button>
            ))}
            <button type="button" class="plain" onClick={() => (forget(localStorage), setLately([]))}>
              {w.forget}
            </button>
          </div>
        </section>
      )}
      <p class="quiet">{w.hint}</p>
    </div>
  )
}
