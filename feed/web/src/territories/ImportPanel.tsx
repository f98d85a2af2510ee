import { useState } from 'preact/hooks'
import type { NamedPlace, TreePlan } from '../api/place'
import { Faults } from '../bring/Faults'
import { FileKey } from '../bring/FileKey'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import type { Survey } from './survey'

const shown = 12

type Props = { survey: Survey; onDone: () => void }

/** The tree from a file: first what it would change, then one key does it. */
export function ImportPanel({ survey, onDone }: Props) {
  const { say } = useSession()
  const { attempt } = useActs()
  const [file, setFile] = useState<File>()
  const [plan, setPlan] = useState<TreePlan>()
  const [busy, setBusy] = useState(false)
  const p = words.value.places
  const look = async (chosen: File): Promise<void> => {
    setFile(chosen)
    setPlan(undefined)
    setBusy(true)
    await attempt(async () => setPlan(await survey.bring(chosen, false)))
    setBusy(false)
  }
  const apply = async (): Promise<void> => {
    setBusy(true)
    await attempt(async () => {
      const done = await survey.bring(file!, true)
      if (!done.applied) return setPlan(done)
      say({ text: p.brought(done.new.length, done.changed.length) })
      onDone()
    })
    setBusy(false)
  }
  const changes = plan ? plan.new.length + plan.changed.length : 0
  return (
    <section class="import" aria-label={p.bringTitle}>
      <h2>{p.bringTitle}</h2>
      <p class="hint">{p.bringSays}</p>
      <div class="import-keys">
        <FileKey busy={busy} onFile={(chosen) => void look(chosen)} />
        <span class="take">
          {p.take}
          {(['csv', 'yaml'] as const).map((format) => (
            <a class="plain" key={format} href={survey.fileURL(format)} download={`territoires.${format}`} aria-label={`${p.take} ${format.toUpperCase()}`}>
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </div>
      <div role="status">
        {busy && !plan && <p class="quiet">{p.reading}</p>}
        {plan && file && plan.faults.length === 0 && (
          <p class="summary">
            <b>{file.name}</b> {p.summary(plan.new.length, plan.changed.length, plan.same)}
          </p>
        )}
        {plan && plan.faults.length > 0 && <Faults faults={plan.faults} />}
      </div>
      {plan && plan.faults.length === 0 && (
        <>
          <Some items={plan.new} says={() => p.fresh} />
          <Some items={plan.changed} says={(c) => p.changes(c.fields.map((f) => p.fields[f] ?? f).join(', '))} />
          {changes === 0 ? (
            <p class="quiet">{p.nothingNew}</p>
          ) : (
            <button type="button" class="key main" disabled={busy} onClick={() => void apply()}>
              {p.apply}
            </button>
          )}
        </>
      )}
    </section>
  )
}

/** The first of a list of places, and how many there are more. */
function Some<T extends NamedPlace>({ items, says }: { items: T[]; says: (item: T) => string }) {
  const rest = items.length - shown
  return (
    <ul class="planned">
      {items.slice(0, shown).map((item) => (
        <li key={item.path}>
          <b>{item.name}</b> <code>{item.path}</code> <span>{says(item)}</span>
        </li>
      ))}
      {rest > 0 && <li class="quiet">{words.value.places.more(rest)}</li>}
    </ul>
  )
}
