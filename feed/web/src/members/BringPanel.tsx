import { useState } from 'preact/hooks'
import type { PeoplePlan, PlannedPerson } from '../api/rights'
import { Faults } from '../bring/Faults'
import { FileKey } from '../bring/FileKey'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useFocus } from '../shell/focus'
import { useSession } from '../shell/session'
import { PasteForm } from './PasteForm'
import { Planned } from './Planned'
import type { Registry } from './registry'

type Props = { registry: Registry; /** Told of whom the file added. */ onDone: (added: PlannedPerson[]) => void }

/** People from a file: first what it would change, or all that is wrong with it; then one key does it. */
export function BringPanel({ registry, onDone }: Props) {
  const { say } = useSession()
  const { attempt } = useActs()
  const panel = useFocus<HTMLElement>()
  const [file, setFile] = useState<File>()
  const [plan, setPlan] = useState<PeoplePlan>()
  const [busy, setBusy] = useState(false)
  const w = words.value
  const b = w.rights.bring
  const send = async (chosen: File, apply: boolean): Promise<void> => {
    setBusy(true)
    await attempt(async () => {
      const seen = await registry.bring(chosen, apply)
      if (!seen.applied) return setPlan(seen)
      say({ text: words.peek().rights.bring.done(seen.new.length, seen.changed.length) })
      onDone(seen.new)
    })
    setBusy(false)
  }
  const look = (chosen: File): void => {
    setFile(chosen)
    setPlan(undefined)
    void send(chosen, false)
  }
  const right = plan?.faults.length === 0
  return (
    <section class="import" ref={panel} tabIndex={-1} aria-label={b.title}>
      <h2>{b.title}</h2>
      <p class="hint">{b.says}</p>
      <div class="import-keys">
        <FileKey busy={busy} onFile={look} />
        <span class="take">
          {b.template}
          {(['csv', 'yaml'] as const).map((format) => (
            <a class="plain" key={format} href={registry.templateURL(format)} download={`${b.fileName}.${format}`} aria-label={`${b.template} ${format.toUpperCase()}`}>
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </div>
      <PasteForm busy={busy} onText={look} />
      <div role="status">
        {busy && !plan && <p class="quiet">{w.places.reading}</p>}
        {plan && right && <p class="summary">{b.summary(plan.new.length, plan.changed.length, plan.same)}</p>}
        {plan && !right && <Faults faults={plan.faults} />}
      </div>
      {plan && right && <Planned plan={plan} busy={busy} onBring={() => void send(file!, true)} />}
    </section>
  )
}
