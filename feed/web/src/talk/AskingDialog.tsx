import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Version } from '../api/talk'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { ReasonChips } from '../post/ReasonChips'
import { OtherWords } from '../post/OtherWords'
import { useSession } from '../shell/session'
import { useTalk } from './useTalk'
import { Voice, type Writing } from './voice'

/** What is asked before something is done to what was said. */
export type Asking = 'hide' | 'flag' | 'remove' | 'contest' | 'versions'

type Props = { what: Asking; on: Writing; onDone: () => void; onClose: () => void }

/** Asks why, or whether, or shows what was said before. */
export function AskingDialog(props: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const t = words.value.talk
  const titles = { hide: t.hideTitle, flag: t.flagTitle, remove: t.removeTitle, contest: t.contestTitle, versions: t.versions }
  const close = (): void => dialog.current?.close()
  return (
    <dialog ref={dialog} class="resolve asking" aria-labelledby="asking-title" onClose={props.onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="asking-title">{titles[props.what]}</h2>
      <Asked {...props} close={close} />
    </dialog>
  )
}

function Asked({ what, on, onDone, close }: Props & { close: () => void }) {
  const talk = useTalk()
  const w = words.value
  const t = w.talk
  const then = (work: Promise<boolean>): void => {
    close()
    void work.then((done) => done && onDone())
  }
  switch (what) {
    case 'hide':
    case 'flag':
      return (
        <>
          <ReasonChips
            reasons={t.hideReasons}
            label="asking-title"
            onCancel={close}
            onSay={(reason) => then(what === 'hide' ? talk.hide(on, reason, onDone) : talk.flag(on, reason))}
          />
          <p class="hint">{what === 'hide' ? t.hideSays : t.flagSays}</p>
        </>
      )
    case 'contest':
      return (
        <>
          <OtherWords label={t.contestTitle} onSay={(text) => then(talk.contest(on, text))} />
          <p class="hint">{t.contestSays}</p>
        </>
      )
    case 'remove':
      return (
        <>
          <p>{t.removeSays}</p>
          <div class="confirm-keys">
            <button type="button" class="key" onClick={close}>
              {w.cancel}
            </button>
            <button type="button" class="key main" onClick={() => then(talk.remove(on.post, on.comment!))}>
              {t.remove}
            </button>
          </div>
        </>
      )
    case 'versions':
      return <Versions on={on} onClose={close} />
  }
}

/** What was said before, the oldest first. */
function Versions({ on, onClose }: { on: Writing; onClose: () => void }) {
  const { client } = useSession()
  const [versions, setVersions] = useState<Version[] | 'away'>()
  const w = words.value
  useEffect(() => void new Voice(client).versions(on).then(setVersions, () => setVersions('away')), [])
  return (
    <>
      {versions === undefined && <p class="quiet">{w.loading}</p>}
      {versions === 'away' && <p>{w.unreachable}</p>}
      {Array.isArray(versions) && versions.length === 0 && <p class="quiet">{w.talk.noVersions}</p>}
      {Array.isArray(versions) && (
        <ol class="versions">
          {versions.map(({ text, at }) => (
            <li key={at}>
              <p class="quiet">{w.talk.until(w.at(...timeAndDay(w, at, now.value)))}</p>
              <p class="said">{asRead(text)}</p>
            </li>
          ))}
        </ol>
      )}
      <button type="button" class="key" onClick={onClose}>
        {w.close}
      </button>
    </>
  )
}
