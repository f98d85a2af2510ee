import type { Usage } from '../api/usage'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Folded } from '../shell/Folded'

/** What is in a usage, word for word, before anybody installs it. */
export function Preview({ usage }: { usage: Usage }) {
  const w = words.value.usages
  return (
    <section class="preview" aria-label={w.previewOf(asRead(usage.title))}>
      <h3>{w.welcome}</h3>
      <Folded text={usage.welcome}>{asRead(usage.welcome)}</Folded>
      {usage.checklists.map((list) => (
        <div key={list.title}>
          <h3>
            {asRead(list.title)} <span>{w.every[list.every]}</span>
          </h3>
          <ul class="preview-items">
            {list.items.map((item) => (
              <li key={item}>{asRead(item)}</li>
            ))}
          </ul>
        </div>
      ))}
      {usage.rules.map(({ pack, says }) => (
        <div key={pack}>
          <h3>
            {w.rules} <span>{w.rulesWhere}</span>
          </h3>
          <ul class="preview-items">
            {says.map((sentence) => (
              <li key={sentence}>{asRead(sentence)}</li>
            ))}
          </ul>
        </div>
      ))}
      <h3>{w.poster}</h3>
      <p>
        <b>{asRead(usage.poster.title)}</b> {usage.poster.lines.map(asRead).join(' ')}
      </p>
    </section>
  )
}
