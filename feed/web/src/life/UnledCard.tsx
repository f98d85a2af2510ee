import type { PlaceDetail } from '../api/place'
import { words } from '../i18n/lang'
import { go, pagePath } from '../shell/route'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'
import './life.css'

/** *Sans animateur*: nobody animates the place, and who may name somebody is shown how. */
export function UnledCard({ place, onName }: { place: PlaceDetail; onName: () => void }) {
  const u = words.value.life.unled
  const { drafts } = useSession()
  const ask = async (): Promise<void> => {
    const begun = await drafts.read('publish').catch(() => '')
    if (begun === '') await drafts.keep('publish', u.asking(place.name)).catch(() => undefined)
    go(pagePath('publish', place.path))
  }
  return (
    <section class="sheet-box unled" aria-label={u.title}>
      <h2>
        <Sign mood="major" /> {u.title}
      </h2>
      <p>{u.says}</p>
      {place.arrange && (
        <div class="place-keys">
          <button type="button" class="key main" onClick={onName}>
            {u.name}
          </button>
          <button type="button" class="key" onClick={() => void ask()}>
            {u.ask}
          </button>
        </div>
      )}
    </section>
  )
}
