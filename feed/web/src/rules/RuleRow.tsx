import { useEffect, useRef, useState } from 'preact/hooks'
import type { Rule } from '../api/rule'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { idOf } from '../shell/route'
import { expectedBelow } from './expected'
import { ShadowDiff } from './ShadowDiff'

const columns = 7

/** One rule with its week, and what its trial in the shadow shows. */
export function RuleRow({ rule, onTry }: { rule: Rule; onTry: (source: string, line: number) => void }) {
  const [compared, setCompared] = useState(false)
  const row = useRef<HTMLTableSectionElement>(null)
  const sought = idOf('rules') === rule.id
  useEffect(() => {
    if (sought) row.current?.scrollIntoView({ block: 'center' })
  }, [sought])
  const w = words.value
  const r = w.rules
  const count = (v: number): string => (v ? formatNumber(w.locale, v) : '–')
  const most = expectedBelow(rule)
  return (
    <tbody ref={row} class={sought ? 'sought' : ''}>
      <tr>
        <th scope="row">
          <b>{asRead(rule.title)}</b>
          <span>
            {[rule.title !== rule.id && rule.id, r.kinds[rule.kind] ?? rule.kind, r.fileLine(rule.file, rule.line ?? 0)].filter(Boolean).join(' · ')}
          </span>
          {rule.match && <span>{rule.match}</span>}
          {rule.shadow && (
            <span class="shadow">
              <em>{r.shadow}</em> {rule.shadow.of && r.shadowOf(rule.shadow.of)}
              <button type="button" class="plain" aria-expanded={compared} onClick={() => setCompared(!compared)}>
                {compared ? r.hide : r.compare}
              </button>
            </span>
          )}
        </th>
        <td data-name={r.posts}>
          {count(rule.posts)}
          {most !== undefined && <em class="excess">{r.aboveExpected(formatNumber(w.locale, most, Number.isInteger(most) ? 0 : 1))}</em>}
          {rule.ghosts > 0 && <small>{r.ghosts(rule.ghosts)}</small>}
        </td>
        <td data-name={r.noise} class={rule.noise > 0 ? 'noisy' : ''}>
          {rule.noise > 0 ? r.votes(rule.noise, rule.people) : '–'}
        </td>
        <td data-name={r.shelved}>{count(rule.shelved)}</td>
        <td data-name={r.held}>{count(rule.held)}</td>
        <td data-name={r.owner}>{rule.owner || <span class="quiet">{r.noOwner}</span>}</td>
        <td>
          {rule.source && (
            <button type="button" class="plain" aria-label={w.actOn(r.tryThis, rule.id)} onClick={() => onTry(rule.source!, rule.line ?? 1)}>
              {r.tryThis}
            </button>
          )}
        </td>
      </tr>
      {compared && (
        <tr class="compared">
          <td colSpan={columns}>
            <ShadowDiff rule={rule.id} />
          </td>
        </tr>
      )}
    </tbody>
  )
}
