import { words } from '../i18n/lang'
import { startGuide } from '../guide/offer'
import { canInstall, install } from '../offline/install'
import { update, updateReady } from '../offline/worker'
import { SoundChoice } from '../line/SoundChoice'
import { Choices } from './Choices'
import { usePopover } from './popover'
import { homeOf, keepsRules, useSession } from './session'

/** Who is signed in, their language and theme, and the way out. */
export function Account() {
  const { me, signOut } = useSession()
  const shared = me.device !== undefined
  const { root, open, toggle, onKeyDown } = usePopover()
  const w = words.value
  return (
    <div class="account" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class={`who ${shared ? 'named' : ''}`} aria-expanded={open} aria-label={w.actOn(w.account, me.name)} onClick={toggle}>
        <span aria-hidden="true">{initials(me.name)}</span>
        {/* On a shared screen everybody sees in whose name it acts. */}
        {shared && <b aria-hidden="true">{me.name}</b>}
      </button>
      {open && (
        <div class="menu" role="group" aria-label={w.account}>
          <p class="name">
            <b>{me.name}</b>
            {me.grants.map((g) => (
              <span key={g.territory + g.role}>
                {w.role[g.role]} · {g.name}
              </span>
            ))}
          </p>
          <Choices keep={!shared} />
          <a class="key" href="/me" onClick={toggle}>
            {w.pages.me}
          </a>
          {homeOf(me) === 'line' && <SoundChoice />}
          <button
            type="button"
            class="key"
            onClick={() => {
              toggle()
              startGuide()
            }}
          >
            {w.guide.title}
          </button>
          {keepsRules(me) && (
            <a class="key" href="/wall">
              {w.wall}
            </a>
          )}
          {updateReady.value && (
            <button type="button" class="key main" onClick={update}>
              {w.outbox.updateNow}
            </button>
          )}
          {canInstall() && (
            <button type="button" class="key" onClick={() => void install()}>
              {w.outbox.install}
            </button>
          )}
          <button type="button" class="key" onClick={signOut}>
            {w.signOut}
          </button>
        </div>
      )}
    </div>
  )
}

const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((part) => part.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('')
