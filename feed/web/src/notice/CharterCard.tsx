import { useEffect, useMemo, useState } from 'preact/hooks'
import type { OpenCharter } from '../api/usage'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { Library } from '../usages/library'
import { charterMissed } from './charter'
import './charter.css'

/** The charter that whoever is here has yet to accept, on top of their home and in nobody's way. */
export function CharterCard() {
  const { client, me, say } = useSession()
  const { attempt } = useActs()
  const library = useMemo(() => new Library(client), [client])
  const [open, setOpen] = useState<OpenCharter[]>([])
  useEffect(() => {
    let left = false
    setOpen([])
    library.charters().then(
      (found) => !left && setOpen(found),
      () => undefined, // asked again the next time
    )
    return () => (left = true, undefined)
  }, [me.id, charterMissed.value])
  const [first] = open
  const w = words.value
  const u = w.usages
  if (!first) return null
  const text = (lang.value === 'en' && first.en) || first.fr || first.en
  const day = timeAndDay(w, first.until, now.value)[1]
  const accept = (): void =>
    void attempt(async () => {
      await library.accept(first.place.path, first.version)
      setOpen(open.slice(1))
      say({ text: w.usages.accepted })
    })
  return (
    <section class="charter-card" aria-label={u.charterOf(first.place.name)}>
      <div>
        <h2>{u.charterOf(first.place.name)}</h2>
        <p class="charter-text" tabIndex={0}>
          {asRead(text)}
        </p>
        <p class="hint">{first.late || !day ? u.charterLate : u.charterUntil(day)}</p>
      </div>
      <button type="button" class="key main" aria-label={u.acceptOf(first.place.name)} onClick={accept}>
        {u.accept}
      </button>
    </section>
  )
}
