import type { Asked } from '../api/search'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'

const minute = 60_000
const day = 24 * 60 * minute
const kinds = ['alert', 'quality-point', 'speed-point', 'stop-point', 'safety-point', 'stock-out', 'idea', 'question', 'announcement', 'practice', 'handover'] as const
const spans = [7, 30, 365]

type Props = { asked: Asked; days: number; onAsk: (more: Partial<Asked>, days?: number) => void }

/** What the answer is narrowed to: a kind, a place, a time, one's own, the best first. */
export function Filters({ asked, days, onAsk }: Props) {
  const { client, me } = useSession()
  const places = (usePoll(client.territories, minute, lang.value) ?? []).filter((t) => t.kind !== 'machine').sort(byPlace)
  const w = words.value
  const chosen = [asked.kind, asked.territory, asked.mine, asked.order, days || undefined].filter(Boolean).length
  return (
    <details class="search-more" open={matchMedia('(hover: hover) and (min-width: 1100px)').matches}>
      <summary class="plain">{w.search.refine(chosen)}</summary>
      <div class="search-filters">
        <label>
          {w.search.kind}
          <select name="kind" value={asked.kind ?? ''} onChange={(e) => onAsk({ kind: e.currentTarget.value })}>
            <option value="">{w.search.anyKind}</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {w.kind[kind]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.search.where}
          <select name="place" value={asked.territory ?? ''} onChange={(e) => onAsk({ territory: e.currentTarget.value })}>
            <option value="">{w.search.everywhere}</option>
            {places.map((t) => (
              <option key={t.path} value={t.path}>
                {'\u2003'.repeat(depthOf(t.path, places)) + t.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.search.when}
          <select name="when" value={days} onChange={(e) => onAsk({}, Number(e.currentTarget.value))}>
            <option value={0}>{w.search.anyTime}</option>
            {spans.map((span) => (
              <option key={span} value={span}>
                {w.search.lastDays(span)}
              </option>
            ))}
          </select>
        </label>
        <div class="chips">
          {!me.station && (
            <button type="button" class="chip" aria-pressed={asked.mine === 'true'} onClick={() => onAsk({ mine: asked.mine ? undefined! : 'true' })}>
              {w.search.mine}
            </button>
          )}
          <button type="button" class="chip" aria-pressed={asked.order === 'ranked'} onClick={() => onAsk({ order: asked.order ? undefined! : 'ranked' })}>
            {w.search.ranked}
          </button>
        </div>
      </div>
    </details>
  )
}

/** Since when, for a number of days; to the day, so that the same question stays the same. */
export function since(days: number, now: number): string | undefined {
  return days > 0 ? new Date(Math.floor((now - days * day) / day) * day).toISOString() : undefined
}
