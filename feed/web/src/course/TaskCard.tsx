import { dateFormat } from '../i18n/formats'
import { useState } from 'preact/hooks'
import type { Helped } from '../api/course'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'

const answers: Helped[] = ['yes', 'partly', 'no']

/** What an accepted idea became: who sees to it and until when, then whether it helped. */
export function TaskCard({ post }: { post: PostDetail }) {
  const { me } = useSession()
  const acts = useActs()
  const task = post.talk?.course?.task
  const w = words.value
  if (!task) return null
  const day = (at: string): string => dateFormat(w.locale, { day: 'numeric', month: 'long' }).format(new Date(at))
  const mine = task.owner.member === me.id
  return (
    <div class="task">
      <p>
        <b>{w.circuits.task}</b> {w.circuits.taskBy(task.owner.name, day(task.due))}
        {task.late && !task.done && <strong class="late-sign">{w.circuits.taskLate}</strong>}
      </p>
      {task.done && <p>{w.circuits.doneOn(day(task.done))}</p>}
      {task.effect && (
        <p class="effect">
          <b>{w.circuits.helpedIs[task.effect]}</b> {task.words && ` · ${task.words}`}
        </p>
      )}
      {!task.done && (mine || post.can.oversee) && (
        <button type="button" class="key main" onClick={() => void acts.taskDone(post)}>
          {w.circuits.done}
        </button>
      )}
      {task.done && !task.effect && (mine || post.author.member === me.id) && <HelpedForm post={post} />}
    </div>
  )
}

/** Whether it helped: a touch, with a few words before it for who has some. */
function HelpedForm({ post }: { post: PostDetail }) {
  const acts = useActs()
  const [text, setText] = useState('')
  const w = words.value
  return (
    <fieldset class="helped">
      <legend>{w.circuits.helpedAsk}</legend>
      <label>
        {w.circuits.helpedWords}
        <input maxLength={200} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      {answers.map((one) => (
        <button type="button" class="key" key={one} onClick={() => void acts.helped(post, one, text.trim())}>
          {w.circuits.helped[one]}
        </button>
      ))}
    </fieldset>
  )
}
