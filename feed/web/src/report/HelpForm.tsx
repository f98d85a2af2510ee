import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Colleague } from '../api/people'
import type { PostDetail } from '../api/types'
import { useDraft } from '../draft/draft'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Desk } from '../people/desk'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import type { Send } from './send'

type Props = { territory: string; shop: boolean; from: string | undefined; send: Send }

const longest = 4000
const mostSkills = 3

/** *Coup de main*: what for, who can, when; a touch says each. */
export function HelpForm({ territory, shop, from, send }: Props) {
  const [text, setText] = useDraft(`report help ${territory} ${from ?? ''}`)
  const [skill, setSkill] = useState<string>()
  const [learners, setLearners] = useState(false)
  const [when, setWhen] = useState(0)
  const [sending, setSending] = useState(false)
  const w = words.value
  const p = w.people
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!text.trim() || sending) return
    setSending(true)
    const at = when > 0 ? new Date(Date.now() + when * 60_000).toISOString() : undefined
    const help = { ...(skill?.trim() && { skill: skill.trim(), learners }), ...(at && { at }) }
    if (await send({ kind: 'help-wanted', text: text.trim(), help, ...(from && { from }) })) setText('')
    setSending(false)
  }
  return (
    <form class="words help" onSubmit={(event) => void submit(event)}>
      <div class="picks">
        <Who territory={territory} skill={skill} onSkill={setSkill} learners={learners} onLearners={setLearners} />
        <fieldset class="chips">
          <legend>{p.helpWhen}</legend>
          {Object.entries(p.whens).map(([minutes, label]) => (
            <button type="button" class="chip" key={minutes} aria-pressed={when === Number(minutes)} onClick={() => setWhen(Number(minutes))}>
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      <div class="say">
        {from && <About id={from} />}
        <fieldset class="chips">
          <legend>{p.helpWhat}</legend>
          {(shop ? p.helpShop : p.helpPhrases).map((phrase) => (
            <button type="button" class="chip" key={phrase} aria-pressed={text === phrase} onClick={() => setText(phrase)}>
              {phrase}
            </button>
          ))}
        </fieldset>
        <label>
          {w.inYourWords}
          <textarea name="text" rows={2} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      </div>
      <div class="send">
        <p id="send-needs" class="hint">
          {text.trim() ? w.quote(text.trim()) : w.sendNeeds}
        </p>
        <button type="submit" class="key main" aria-describedby="send-needs" disabled={!text.trim() || sending}>
          {sending ? w.sending : w.send}
        </button>
      </div>
    </form>
  )
}

type WhoProps = { territory: string; skill: string | undefined; onSkill: (skill: string | undefined) => void; learners: boolean; onLearners: (on: boolean) => void }

/** Whoever is here, or those who know something. */
function Who({ territory, skill, onSkill, learners, onLearners }: WhoProps) {
  const { client } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const { value } = useReading(() => desk.people({ place: territory }), `${territory} ${lang.value}`)
  const [other, setOther] = useState(false)
  const p = words.value.people
  const known = commonOf(value?.people ?? []).slice(0, mostSkills)
  const pick = (one: string | undefined): void => {
    setOther(false)
    onSkill(one)
  }
  return (
    <>
      <fieldset class="chips">
        <legend>{p.helpWho}</legend>
        <button type="button" class="chip" aria-pressed={!other && skill === undefined} onClick={() => pick(undefined)}>
          {p.anybody}
        </button>
        {known.map((one) => (
          <button type="button" class="chip" key={one} aria-pressed={!other && skill === one} onClick={() => pick(one)}>
            {one}
          </button>
        ))}
        <button type="button" class="chip" aria-pressed={other} onClick={() => (setOther(true), onSkill(''))}>
          {p.otherSkill}
        </button>
      </fieldset>
      {other && (
        <label>
          {p.skillName}
          <input name="skill" maxLength={60} autocomplete="off" value={skill ?? ''} onInput={(e) => onSkill(e.currentTarget.value)} />
        </label>
      )}
      {skill !== undefined && (
        <button type="button" class="chip" aria-pressed={learners} onClick={() => onLearners(!learners)}>
          {p.askLearners}
        </button>
      )}
    </>
  )
}

/** What colleagues around show that they can do, the most common first. */
function commonOf(people: Colleague[]): string[] {
  const counts = new Map<string, number>()
  for (const { name, state, level } of people.flatMap((one) => one.skills)) {
    if (state !== 'expired' && level > 1) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)
}

/** The post that help is wanted for. */
function About({ id }: { id: string }) {
  const { client } = useSession()
  const [post, setPost] = useState<PostDetail>()
  useEffect(() => void client.post(id).then(setPost, () => undefined), [id])
  return post ? <p class="hint">{words.value.people.helpFor(asRead(post.title))}</p> : null
}
