import { dateFormat } from '../i18n/formats'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { formatAge, now } from '../i18n/time'
import { roleWord } from '../post/role'
import { lateness, nameOf, verdictOf, whoOf } from './course'
import { TaskCard } from './TaskCard'
import './course.css'

/** The way of a question or idea: its steps on a wire, whom it waits for, how it ended and what became of it. */
export function CourseWay({ post }: { post: PostDetail }) {
  const course = post.talk?.course
  const w = words.value
  if (!course) return null
  const ended = course.outcome && course.outcome !== 'deferred'
  return (
    <section class="course" aria-label={w.circuits.way}>
      <h3>{w.circuits.way}</h3>
      <ol class="way">
        {post.way.map((stage, i) => {
          const passed = i < course.step || Boolean(ended)
          const here = i === course.step && !ended
          return (
            <li key={i} class={passed ? 'passed' : here ? 'here' : ''} aria-current={here ? 'step' : undefined}>
              <i aria-hidden="true" />
              <span>{stage.name}</span>
              {(passed || here) && <span class="spoken">{passed ? w.circuits.passed : w.circuits.here}</span>}
            </li>
          )
        })}
      </ol>
      {!course.outcome && <Waiting post={post} />}
      <Votes post={post} />
      {course.outcome && <Ending post={post} />}
      <TaskCard post={post} />
    </section>
  )
}

/** Whom the step waits for, since when, and for how long still. */
function Waiting({ post }: { post: PostDetail }) {
  const course = post.talk!.course!
  const w = words.value
  const nobody = !course.deciders?.length && course.roles?.length
  const who = whoOf(post, w)
  const answers = post.kind === 'question' && course.step === 0 && !course.level
  return (
    <p class="step-waits">
      <b>{nobody ? w.circuits.nobodyYet(course.roles!.map((r) => roleWord(r, w)).join(', ')) : answers ? w.circuits.answersFrom(who) : w.circuits.waitsFor(who)}</b>
      <span>{w.circuits.since(formatAge(w, course.since, now.value))}</span>
      {course.due && !course.overdue && <span>{w.circuits.dueIn(formatAge(w, now.value, Date.parse(course.due)))}</span>}
      {course.overdue && <strong class="late-sign">{lateness(course.due, now.value, w)}</strong>}
      {(course.level ?? 0) > 0 && <span>{w.circuits.escalated}</span>}
    </p>
  )
}

/** Who said what, where more than one decides. */
function Votes({ post }: { post: PostDetail }) {
  const course = post.talk!.course!
  const votes = course.votes ?? []
  const w = words.value
  if (votes.length === 0 && !course.quorum) return null
  // One word that ended it is told by the ending.
  if (course.outcome && votes.length < 2) return null
  const yes = votes.filter((vote) => vote.yes).length
  return (
    <div class="votes">
      {(course.quorum ?? 0) > 1 && !course.outcome && <p>{w.circuits.quorum(yes, course.quorum!)}</p>}
      <ul>
        {votes.map((vote) => (
          <li key={vote.member + (vote.for ?? '')}>
            <b>{vote.yes ? w.circuits.yes : w.circuits.no}</b> {nameOf(vote, w)} · {asRead(vote.reason)}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How it ended, by whom, and why. */
function Ending({ post }: { post: PostDetail }) {
  const course = post.talk!.course!
  const w = words.value
  const day = (at: string): string => dateFormat(w.locale, { day: 'numeric', month: 'long' }).format(new Date(at))
  const who = course.by && (course.for ? w.circuits.insteadOf(course.by.name, course.for) : course.by.name)
  return (
    <p class="ending">
      <b>{verdictOf(post, course.outcome!, w)}</b>
      {who && ` ${w.circuits.by(who)}`} · {asRead(course.reason ?? '')}
      {course.again && <span>{w.circuits.backOn(day(course.again))}</span>}
    </p>
  )
}
