import { useEffect, useRef, useState } from 'preact/hooks'
import { useSession } from '../shell/session'
import type { Drafts } from './drafts'

const pause = 250

/** The second types: a text, or what becomes of the one that is there. */
type Draft = [text: string, type: (text: string | ((typed: string) => string)) => void]

/** What is typed now, whose it is, and how it is kept. */
class Typing {
  text = ''
  /** Somebody typed here, or sent what they typed: nothing older comes back over it. */
  touched = false
  private dirty = false
  private timer = 0

  constructor(
    public drafts: Drafts,
    public place: string,
  ) {}

  type(text: string): void {
    this.text = text
    this.touched = true
    this.dirty = true
    clearTimeout(this.timer)
    // What was sent is forgotten at once: a page that is loaded anew offers it no second time.
    if (text === '') this.flush()
    else this.timer = window.setTimeout(this.flush, pause)
  }
  flush = (): void => {
    clearTimeout(this.timer)
    if (this.dirty) void this.drafts.keep(this.place, this.text)
    this.dirty = false
  }
  /** Whoever typed said who they are: the words are theirs, and no one else's. */
  handTo(drafts: Drafts): void {
    if (drafts === this.drafts) return
    this.flush()
    if (this.text) void this.drafts.keep(this.place, '')
    this.drafts = drafts
    this.dirty = this.text !== ''
    this.flush()
  }
}

/**
 * Words being typed at a place, kept for whoever types them through idle, a
 * change of person and a crash. A field at another place needs another key.
 */
export function useDraft(place: string): Draft {
  const { drafts } = useSession()
  const [text, setText] = useState('')
  const kept = useRef<Typing>()
  const typing = (kept.current ??= new Typing(drafts, place))

  useEffect(() => {
    let gone = false
    typing.handTo(drafts)
    void drafts.read(place).then(
      (known) => {
        if (gone || typing.touched || known === '') return
        typing.text = known
        setText(known)
      },
      () => undefined, // a draft that does not open is as good as none
    )
    return () => void (gone = true)
  }, [drafts])
  useEffect(() => {
    document.addEventListener('visibilitychange', typing.flush)
    return () => {
      typing.flush()
      document.removeEventListener('visibilitychange', typing.flush)
    }
  }, [])

  return [
    text,
    (next) => {
      typing.type(typeof next === 'string' ? next : next(typing.text))
      setText(typing.text)
    },
  ]
}
