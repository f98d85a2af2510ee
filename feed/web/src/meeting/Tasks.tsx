import { dateFormat } from '../i18n/formats'
import { useState } from 'preact/hooks'
import type { Concern, Meeting, MeetingTask } from '../api/balance'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { DayField } from '../shell/DayField'
import { useSession } from '../shell/session'
import { ConcernSelect } from './ConcernSelect'
import { tomorrow } from './place'
import type { Write } from './write'

/** Who does what until when. */
export function Tasks({ sheet, write }: { sheet: Meeting; write: Write }) {
  const [adding, setAdding] = useState(false)
  const m = words.value.balance.meeting
  const open = sheet.may_write && !sheet.done
  return (
    <section class="card" aria-label={m.tasks}>
      <h2>{m.tasks}</h2>
      {sheet.tasks.length === 0 && <p class="quiet">{m.noTasks}</p>}
      <ul class="tasks">
        {sheet.tasks.map((task) => (
          <TaskRow key={task.id} task={task} open={open} write={write} />
        ))}
      </ul>
      {open && !adding && (
        <button type="button" class="key" onClick={() => setAdding(true)}>
          {m.addTask}
        </button>
      )}
      {adding && <TaskForm write={write} onClose={() => setAdding(false)} />}
    </section>
  )
}

function TaskRow({ task, open, write }: { task: MeetingTask; open: boolean; write: Write }) {
  const w = words.value
  const m = w.balance.meeting
  const due = dateFormat(w.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(task.due))
  return (
    <li class={task.done ? 'done' : ''}>
      <span>
        <b>{m.letter[task.concern]}</b> {task.text}
        <em>
          {task.owner}, {m.dueOn(due)}
        </em>
      </span>
      {open && (
        <button type="button" class="chip" aria-pressed={task.done} aria-label={m.doneOf(task.text)} onClick={() => void write({ task: { ...task, done: !task.done } })}>
          {m.done}
        </button>
      )}
    </li>
  )
}

/** A new action: what, who, until when. */
function TaskForm({ write, onClose }: { write: Write; onClose: () => void }) {
  const { me } = useSession()
  const [task, setTask] = useState({ concern: 'quality' as Concern, text: '', owner: me.name, due: tomorrow(now.peek()) })
  const m = words.value.balance.meeting
  const set = (part: Partial<typeof task>): void => setTask({ ...task, ...part })
  return (
    <form
      class="add-task"
      onSubmit={(event) => {
        event.preventDefault()
        void write({ task: { ...task, id: '', done: false } }).then((kept) => kept && onClose())
      }}
    >
      <ConcernSelect value={task.concern} onPick={(concern) => set({ concern })} />
      <label class="wide">
        {m.task}
        <input name="task" required maxLength={200} autofocus value={task.text} onInput={(e) => set({ text: e.currentTarget.value })} />
      </label>
      <label>
        {m.owner}
        <input name="owner" required maxLength={200} value={task.owner} onInput={(e) => set({ owner: e.currentTarget.value })} />
      </label>
      <DayField label={m.due} name="due" value={task.due} onPick={(due) => set({ due })} />
      <div class="wide keys">
        <button type="submit" class="key main">
          {m.keep}
        </button>
        <button type="button" class="plain" onClick={onClose}>
          {m.cancel}
        </button>
      </div>
    </form>
  )
}
