import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { beep } from '../scan/beep'
import { onHeard } from '../scan/heard'
import { Viewer } from '../scan/Viewer'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { CodeField } from './CodeField'
import { named, RoundStore, withCode, without, type Line } from './round'
import { useSendRound } from './send'
import '../post/page.css'
import './round.css'

/** *Tour de rayon*: each article that is passed makes a line, and one key sends them all. */
export function RoundPage() {
  const { me, client } = useSession()
  const kept = useMemo(() => new RoundStore(localStorage, me.id), [me.id])
  const [lines, setLines] = useState(() => kept.read())
  const [camera, setCamera] = useState(true)
  const [blind, setBlind] = useState(false)
  const [tries, setTries] = useState(0)
  /** A camera that shows nothing is tried again, not closed. */
  const flip = (): void => {
    setCamera(blind || !camera)
    setTries(tries + 1)
    setBlind(false)
  }
  const now = useRef(lines)
  const keep = (next: Line[]): void => {
    now.current = next
    kept.write(next)
    setLines(next)
  }
  const { done, send } = useSendRound(lines, keep)
  const add = (sku: string): void => {
    const known = now.current.some((line) => line.sku === sku)
    keep(withCode(now.current, sku))
    // Offline a line keeps its code for a name.
    if (!known) client.article(sku).then((article) => keep(named(now.current, sku, article.label)), () => undefined)
  }
  useEffect(
    () =>
      onHeard((code) => {
        beep()
        add(code)
      }),
    [],
  )
  const w = words.value.shop
  return (
    <main class="page round" aria-label={w.roundTitle}>
      <PageTop title={w.roundTitle} />
      <LastNews />
      {camera && <Viewer key={tries} onCode={add} onBlind={() => setBlind(true)} />}
      <div class="page-body column">
        <CodeField onCode={add} typing={blind || !camera} />
        <h2 role="status">{w.roundCount(lines.length)}</h2>
        {lines.length === 0 && <p class="quiet">{w.roundHint}</p>}
        <Lines lines={lines} onRemove={(sku) => keep(without(now.current, sku))} />
      </div>
      <footer class="page-keys">
        <button type="button" class="key camera" onClick={flip}>
          {camera && !blind ? w.cameraOff : w.camera}
        </button>
        <button type="button" class="key main" disabled={lines.length === 0 || done !== undefined} onClick={send}>
          {done === undefined ? w.roundSend(lines.length) : w.roundSending(done, done + lines.length)}
        </button>
      </footer>
    </main>
  )
}

/** What was passed so far, the last on top. */
function Lines({ lines, onRemove }: { lines: readonly Line[]; onRemove: (sku: string) => void }) {
  const w = words.value.shop
  return (
    <ol class="round-lines">
      {lines.map((line) => (
        <li key={line.sku}>
          <p>
            <b>{line.label ? asRead(line.label) : line.sku}</b>
            {line.label && <span>{line.sku}</span>}
          </p>
          {line.count > 1 && <em>{w.times(line.count)}</em>}
          <button type="button" class="plain" aria-label={w.remove(line.label ?? line.sku)} onClick={() => onRemove(line.sku)}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M5 5l14 14M19 5 5 19" />
            </svg>
          </button>
        </li>
      ))}
    </ol>
  )
}
