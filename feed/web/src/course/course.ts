import type { Course, Outcome, Ruling, Seat } from '../api/course'
import type { Author, Me, Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { formatAge } from '../i18n/time'
import { roleWord } from '../post/role'

export const verdicts = ['accept', 'refuse', 'later', 'merge'] as const
export type Verdict = (typeof verdicts)[number]

const outcomes: Record<Verdict, Outcome> = { accept: 'accepted', refuse: 'refused', later: 'deferred', merge: 'merged' }
export const outcomeOf = (verdict: Verdict): Outcome => outcomes[verdict]

/** What somebody asks or proposes: it goes through a circuit. */
export const isDecided = (post: Post): boolean => post.kind === 'idea' || post.kind === 'question'

/** Whether its step waits for this person, in their own name or for somebody who is away. */
export function waitsFor(post: Post, me: Me): boolean {
  const course = post.talk?.course
  if (!course || course.outcome) return false
  // Who is asked a question answers it; its author keeps an answer.
  if (post.kind === 'question' && course.step === 0) return post.author.member === me.id
  return course.deciders?.some((seat) => seat.member === me.id && !hasVoted(course, seat)) ?? false
}

const hasVoted = (course: Course, seat: Seat): boolean => course.votes?.some((vote) => vote.member === seat.member && vote.for === seat.for) ?? false

/** Whether an answer of this person is wanted. */
export function isAsked(post: Post, me: Me): boolean {
  const course = post.talk?.course
  return post.kind === 'question' && !!course && !course.outcome && course.step === 0 && (course.deciders?.some((seat) => seat.member === me.id) ?? false)
}

/** How a post says that it ended, in the words of the one who decided. */
export function verdictOf(post: Post, outcome: Outcome, w: Words): string {
  const verdict = verdicts.find((one) => outcomes[one] === outcome)!
  return post.kind === 'question' ? w.circuits.questionIs[verdict] : w.steer.verdictIs[verdict]
}

// What the server keeps is French, whoever decides.
const kept: Record<Outcome, [idea: string, question: string]> = {
  accepted: ['Acceptée', 'Réponse retenue'],
  refused: ['Refusée', 'Sans suite'],
  merged: ['Fusionnée', 'Fusionnée'],
  deferred: ['Reportée', 'Reportée'],
}

/** How the post looks once a word is heard: ended, where that word alone ends it. */
export function decidedAs(post: Post, ruling: Ruling, self: Author, at: string): Partial<Post> {
  const course = post.talk?.course
  const alone = !course?.quorum || course.quorum < 2
  const last = !course || course.step + 1 >= course.steps || post.kind === 'question'
  const ends = ruling.outcome === 'merged' || ruling.outcome === 'deferred' || (alone && (last || ruling.outcome === 'refused'))
  if (!ends) return {}
  const cause = kept[ruling.outcome][post.kind === 'question' ? 1 : 0]
  const end = course && { ...course, outcome: ruling.outcome, reason: ruling.reason, by: self, at, deciders: [], overdue: false }
  return { state: 'resolved', cause, action: ruling.reason, closed_at: at, ...(end && { talk: { ...post.talk, course: end } }) }
}

/** Who sits, in words: "Inès, pour Julie". */
export const nameOf = ({ name, for_name }: Seat, w: Words): string => (for_name ? w.circuits.insteadOf(name, for_name) : name)

const mostNames = 3

/** Whom the step waits for: names, or the population that is asked. */
export function whoOf(post: Post, w: Words): string {
  const course = post.talk!.course!
  if (post.kind === 'question' && course.step === 0 && !course.level) return populationOf(post, w)
  const seats = course.deciders ?? []
  const names = [...new Set(seats.map((seat) => nameOf(seat, w)))]
  const shown = names.slice(0, mostNames).join(', ')
  return names.length > mostNames ? `${shown}…` : shown
}

/** To whom a question is put. */
export function populationOf(post: Post, w: Words): string {
  const asked = post.talk?.for
  const roles = (asked?.roles ?? []).map((role) => roleWord(role, w))
  const seats = asked?.people?.length ? (post.talk?.course?.deciders ?? []).map((seat) => seat.name) : []
  return [...roles, ...(asked?.skills ?? []), ...seats].join(', ') || w.circuits.everyone
}

/** "En retard de 2 j", in the unit that matters. */
export function lateness(due: string | undefined, to: number, w: Words): string {
  if (!due || to - Date.parse(due) < 60_000) return w.circuits.lateNow
  return w.circuits.lateBy(formatAge(w, due, to))
}

/** What is said of the course in a list: where it is, and whether it is late. */
export function courseChips(post: Post, me: Me | undefined, w: Words, to: number): [kind: string, text: string][] {
  const course = post.talk?.course
  if (!course) return []
  if (course.outcome) {
    const task = course.task
    if (task?.effect) return [['helped', w.circuits.helpedIs[task.effect]]]
    return task && !task.done ? [[task.late ? 'late' : 'course', task.late ? w.circuits.taskLate : `${w.circuits.task} · ${task.owner.name}`]] : []
  }
  const chips: [string, string][] = []
  if (course.overdue) chips.push(['late', lateness(course.due, to, w)])
  const answers = post.kind === 'question' && course.step === 0
  const mine = me && (answers ? isAsked(post, me) : waitsFor(post, me))
  const who = mine ? w.circuits.waitsForMe : whoOf(post, w) ? w.circuits.waitsFor(whoOf(post, w)) : ''
  chips.push(['course', [course.name, who].filter(Boolean).join(' · ')])
  return chips
}
