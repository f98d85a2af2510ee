import { useMemo } from 'preact/hooks'
import type { LaunchStep } from '../api/usage'
import { lang, words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import { mayOpen } from '../shell/menu'
import type { PageName } from '../shell/route'
import { useSession } from '../shell/session'
import { Library } from '../usages/library'
import './launch.css'

/** Where a step is done; those without a page are done on the place's own form, or by a tick. */
const pages: Partial<Record<LaunchStep['step'], PageName>> = { rules: 'rules', baseline: 'rules', people: 'members', tablet: 'devices', pilot: 'rules', open: 'rules' }

type Props = { path: string; onEdit: () => void }

/** The way of a place from rules that nobody hears to a place that is open, and its next step. */
export function LaunchCard({ path, onEdit }: Props) {
  const { client } = useSession()
  const { attempt } = useActs()
  const library = useMemo(() => new Library(client), [client])
  const steps = useReading(() => library.launch(path), `${path} ${lang.value}`)
  const w = words.value.usages
  if (!steps.value) return null
  const done = steps.value.filter((step) => step.done).length
  const open = steps.value.find((step) => step.step === 'open')?.done
  const next = open ? undefined : steps.value.find((step) => !step.done)
  const tick = (step: LaunchStep, on: boolean): void => void attempt(async () => steps.put(await library.tickStep(path, step.step, on)))
  return (
    <section class="sheet-box launch" aria-label={w.launch}>
      <h2>
        {w.launch} <span>{w.count(done, steps.value.length)}</span>
      </h2>
      {open && <p class="quiet">{w.launchOpen}</p>}
      {next && <Next step={next} onEdit={onEdit} onTick={() => tick(next, true)} />}
      <ol>
        {steps.value.map((step) => (
          <Step key={step.step} step={step} onTick={(on) => tick(step, on)} />
        ))}
      </ol>
    </section>
  )
}

/** The step that comes next, with the one key that leads to it. */
function Next({ step, onEdit, onTick }: { step: LaunchStep; onEdit: () => void; onTick: () => void }) {
  const { me } = useSession()
  const w = words.value.usages
  const page = pages[step.step]
  const label = w.stepKey[step.step]
  const away = page !== undefined && !mayOpen(page, me)
  return (
    <div class="next-step" data-step={step.step}>
      <p>
        <small>{w.nextStep}</small>
        <b>{w.step[step.step]}</b>
        <span>{w.stepSays[step.step]}</span>
      </p>
      {away && <p class="hint">{w.someoneElse}</p>}
      {page && !away && (
        <a class="key main" href={`/${page}`}>
          {label}
        </a>
      )}
      {step.step === 'sources' && (
        <a class="key main" href="/">
          {label}
        </a>
      )}
      {(step.step === 'animator' || step.step === 'charter') && (
        <button type="button" class="key main" onClick={onEdit}>
          {label}
        </button>
      )}
      {step.step === 'team' && (
        <button type="button" class="key main" onClick={onTick}>
          {label}
        </button>
      )}
    </div>
  )
}

/** One step as it stands: by itself, or by whom it was ticked. */
function Step({ step, onTick }: { step: LaunchStep; onTick: (on: boolean) => void }) {
  const w = words.value
  const u = w.usages
  const name = u.step[step.step]
  const said = step.of > 0 ? (step.step === 'people' ? u.count : u.days)(step.n, step.of) : ''
  return (
    <li class={step.done ? 'done' : undefined}>
      <svg viewBox="0 0 24 24" role="img" aria-label={step.done ? u.done : u.todo}>
        <path d={step.done ? 'M4 13l5 5L20 6' : 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16'} />
      </svg>
      <span>
        {name}
        {step.at ? <small>{u.tickedBy(step.by ?? '', w.at(...timeAndDay(w, step.at, now.value)))}</small> : said && <small>{said}</small>}
      </span>
      {step.hand && (!step.done || step.at) && (
        <button type="button" class="plain" aria-label={step.done ? u.untickOf(name) : u.tickOf(name)} onClick={() => onTick(!step.done)}>
          {step.done ? u.untick : u.tick}
        </button>
      )}
    </li>
  )
}
