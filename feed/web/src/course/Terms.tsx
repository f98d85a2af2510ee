import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import type { Verdict } from './course'
import './terms.css'

/** What goes with a decision: for how long, and who sees to it. */
export type Kept = { days: number; owner: string }

const spans = [7, 30, 90]
const day = 86_400_000

const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString()
export const timely = ({ days }: Kept): { until: string } => ({ until: inDays(days) })
export const owned = ({ days, owner }: Kept): { owner: string; due: string } => ({ owner, due: inDays(days) })

type Props = { post: Post; verdict: Verdict; kept: Kept; onKeep: (kept: Kept) => void }

/** The usual terms are chosen already: only who wants others touches them. */
export function Terms({ post, verdict, kept, onKeep }: Props) {
  const { me } = useSession()
  const w = words.value
  const accepts = verdict === 'accept' && endsHere(post)
  if (!accepts && verdict !== 'later') return null
  const { author } = post
  const owners = [{ id: me.id, name: w.circuits.me }, ...(author.member && author.member !== me.id ? [{ id: author.member, name: author.name }] : [])]
  return (
    <div class="terms">
      {accepts && owners.length > 1 && (
        <Choice title={w.circuits.owner} options={owners} chosen={kept.owner} onPick={(owner) => onKeep({ ...kept, owner })} />
      )}
      <Choice
        title={accepts ? w.circuits.due : w.circuits.until}
        options={spans.map((days) => ({ id: String(days), name: w.circuits.time[days]! }))}
        chosen={String(kept.days)}
        onPick={(days) => onKeep({ ...kept, days: Number(days) })}
      />
    </div>
  )
}

/** Whether a yes may be the last one: then somebody has to see to it. */
export function endsHere(post: Post): boolean {
  const course = post.talk?.course
  return post.kind === 'idea' && (!course || course.step + 1 >= course.steps)
}

type ChoiceProps = { title: string; options: { id: string; name: string }[]; chosen: string; onPick: (id: string) => void }

/** One of a few, the chosen one pressed. */
export function Choice({ title, options, chosen, onPick }: ChoiceProps) {
  return (
    <fieldset class="one-of">
      <legend>{title}</legend>
      {options.map(({ id, name }) => (
        <button type="button" class="small-chip" key={id} aria-pressed={id === chosen} onClick={() => onPick(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}
