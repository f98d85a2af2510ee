import type { PostDetail } from '../api/types'
import { isAsleep, isCalm, isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { answersOf } from './answers'

/** What somebody is about to answer. */
export type Answer = { cause?: string; action?: string }

type Props = { post: PostDetail; answer: Answer; onAnswer: (answer: Answer) => void }

/**
 * The causes on the page itself, one touch each, then what was done about it
 * where the rule knows; the key "Résolu" sends them.
 */
export function AnswerChips({ post, answer, onAnswer }: Props) {
  const w = words.value
  const { causes, actions } = answersOf(post, w)
  const asksAction = answer.cause !== undefined && actions.length > 0
  return (
    <div class="answering">
      <Row title={w.lines.whyTitle} offered={causes} chosen={answer.cause} onPick={(cause) => onAnswer(cause === undefined ? {} : { cause })} />
      {asksAction && (
        <Row
          title={w.lines.doneTitle}
          offered={actions}
          chosen={answer.action}
          onPick={(action) => onAnswer({ cause: answer.cause!, ...(action !== undefined && { action }) })}
        />
      )}
    </div>
  )
}

type RowProps = { title: string; offered: string[]; chosen: string | undefined; onPick: (said: string | undefined) => void }

/** One question; touching what is chosen takes it back. */
function Row({ title, offered, chosen, onPick }: RowProps) {
  return (
    <fieldset class="answers">
      <legend>{title}</legend>
      {offered.map((said) => (
        <button type="button" class="chip" key={said} aria-pressed={said === chosen} onClick={() => onPick(said === chosen ? undefined : said)}>
          {said}
        </button>
      ))}
    </fieldset>
  )
}

/** Whether a post is closed by saying why, right on its page. */
export const takesAnswer = (post: PostDetail): boolean =>
  isOpen(post.state) && !isCalm(post) && !isAsleep(post) && !post.latched && post.kind !== 'idea' && post.kind !== 'question' && post.kind !== 'help-wanted'
