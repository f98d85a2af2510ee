import type { PlaceDetail } from '../api/place'
import { words } from '../i18n/lang'
import { pagePath } from '../shell/route'
import { Sign } from '../wire/Sign'
import './life.css'

/** *Sans animateur*: nobody animates the place, and who may name somebody is shown how. */
export function UnledCard({ place, onName }: { place: PlaceDetail; onName: () => void }) {
  const u = words.value.life.unled
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
          <a class="key" href={pagePath('publish', place.path)}>
            {u.ask}
          </a>
        </div>
      )}
    </section>
  )
}
