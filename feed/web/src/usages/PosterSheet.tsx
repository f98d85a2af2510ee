import type { Usage } from '../api/usage'
import { OnlyHere } from '../devices/OnlyHere'
import { QrCode } from '../devices/QrCode'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Mark } from '../shell/Mark'
import { pagePath } from '../shell/route'
import { Unavailable } from '../shell/Unavailable'

/** The poster of a usage, one A4 sheet for the wall: what to do, and the code that opens the group. */
export function PosterSheet({ usages, group }: { usages: Usage[]; group: string }) {
  const w = words.value.usages
  const usage = usages.find((one) => one.installed.some((at) => at.group === group))
  const at = usage?.installed.find((one) => one.group === group)
  if (!usage || !at) {
    return (
      <Unavailable text={w.posterMissing}>
        <a class="key main" href="/usages">
          {w.toAll}
        </a>
      </Unavailable>
    )
  }
  const address = `${location.origin}${pagePath('groups', group)}`
  return (
    <div class="poster-body">
      <article class="poster" aria-label={w.posterOf(asRead(at.name))}>
        <p class="poster-place">{at.place.name}</p>
        <h2>{asRead(usage.poster.title)}</h2>
        <ol>
          {usage.poster.lines.map((line) => (
            <li key={line}>{asRead(line)}</li>
          ))}
        </ol>
        <div class="poster-code">
          <QrCode text={address} label={w.posterCode(asRead(at.name))} />
          <p>
            <b>{asRead(at.name)}</b>
            <span>{w.posterScan}</span>
            <span class="poster-address">{address.replace(/^https?:\/\//, '')}</span>
          </p>
        </div>
        <p class="poster-foot">
          <Mark /> {words.value.product}
        </p>
      </article>
      <div class="poster-keys">
        <OnlyHere />
        <button type="button" class="key main" onClick={() => print()}>
          {w.print}
        </button>
      </div>
    </div>
  )
}
