import { words } from '../i18n/lang'

type Props = { count: number; /** Which of the invitations is being made; undefined: none. */ made: number | undefined; onInvite: () => void; onClose: () => void }

/** Those whom a file brought without a badge: nobody can sign in as them before they have an invitation in hand. */
export function Arrivals({ count, made, onInvite, onClose }: Props) {
  const w = words.value
  const b = w.rights.bring
  return (
    <section class="import arrivals" aria-label={b.arrivals}>
      <p role="status">{made === undefined ? b.wayIn(count) : b.making(made, count)}</p>
      <div class="import-keys">
        <button type="button" class="key" disabled={made !== undefined} onClick={onClose}>
          {w.rights.bring.later}
        </button>
        <button type="button" class="key main" disabled={made !== undefined} onClick={onInvite}>
          {b.invite}
        </button>
      </div>
    </section>
  )
}
