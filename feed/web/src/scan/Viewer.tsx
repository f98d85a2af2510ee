import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { beep } from './beep'
import { openCamera, type Camera, type NoPicture } from './camera'
import { articleOf, Sightings } from './code'
import { openReader } from './reader'
import './scan.css'

const pause = 80 // ms between two looks

type State = 'starting' | 'looking' | NoPicture | 'noReader'

type Props = {
  onCode: (code: string) => void
  onBlind?: () => void
  /** What is looked for in what a code says; articles without it. */
  read?: (raw: string) => string | undefined
}

/** The camera's picture, read again and again: each code that is looked for is told once, and so is that none will be seen. */
export function Viewer({ onCode, onBlind, read = articleOf }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onCode)
  tell.current = onCode
  const [state, setState] = useState<State>('starting')
  const [camera, setCamera] = useState<Camera>()
  useEffect(() => look(video.current!, read, setState, setCamera, (code) => tell.current(code)), [])
  const blind = state !== 'starting' && state !== 'looking'
  useEffect(() => {
    if (blind) onBlind?.()
  }, [blind])
  const w = words.value.shop
  return (
    <div class={`viewer ${blind ? 'blind' : ''} ${state}`}>
      <video ref={video} muted playsInline aria-label={w.aim} />
      {state === 'looking' && <i class="aim" aria-hidden="true" />}
      <p role="status">{state === 'starting' ? w.starting : state === 'looking' ? w.aim : w[state]}</p>
      {camera?.torch && <Torch camera={camera} />}
    </div>
  )
}

/** The lamp, for dark shelves. */
function Torch({ camera }: { camera: Camera }) {
  const [on, setOn] = useState(false)
  const w = words.value.shop
  const flip = (): void => {
    camera.torch!(!on).then(
      () => setOn(!on),
      () => undefined,
    )
  }
  return (
    <button type="button" class="key torch" aria-pressed={on} onClick={flip}>
      {on ? w.torchOff : w.torchOn}
    </button>
  )
}

type Read = (raw: string) => string | undefined

/** Opens camera and reader at once, and looks until the returned function is called. */
function look(video: HTMLVideoElement, read: Read, state: (s: State) => void, opened: (c: Camera) => void, tell: (code: string) => void): () => void {
  let over = false
  let camera: Camera | undefined
  const sightings = new Sightings()
  const reading = openReader()
  reading.catch(() => undefined) // told below, once there is a picture
  const begin = async (): Promise<void> => {
    const picture = await openCamera()
    if (typeof picture === 'string') return state(picture)
    if (over) return picture.close()
    camera = picture
    opened(picture)
    video.srcObject = picture.stream
    await video.play()
    state('looking')
    const reader = await reading.catch(() => undefined)
    if (!reader) return state('noReader')
    while (!over) {
      for (const raw of await reader.read(video).catch(() => [])) {
        const code = read(raw)
        if (over || !code || !sightings.fresh(code, performance.now())) continue
        beep()
        tell(code)
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  begin().catch(() => over || state('noCamera'))
  return () => {
    over = true
    camera?.close()
  }
}
