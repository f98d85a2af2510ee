import { useMemo } from 'preact/hooks'
import { lang, words } from '../i18n/lang'
import { CardForm } from '../people/CardForm'
import { Desk } from '../people/desk'
import '../people/people.css'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'

/** One's own card in the directory. */
export function Skills() {
  const { client, me } = useSession()
  const desk = useMemo(() => new Desk(client), [client])
  const { value, failed, again, put } = useReading(() => desk.person(me.id), lang.value)
  const w = words.value
  return (
    <section class="my-card" aria-labelledby="my-card">
      <h2 id="my-card">{w.people.mine}</h2>
      {failed && !value && (
        <p role="alert">
          {w.unreachable}{' '}
          <button type="button" class="plain" onClick={again}>
            {w.people.retry}
          </button>
        </p>
      )}
      {!failed && !value && <p class="quiet waiting">{w.loading}</p>}
      {value?.self && <CardForm desk={desk} person={value} self={value.self} onChange={put} />}
    </section>
  )
}
