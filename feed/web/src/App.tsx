import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { Client } from './api/client'
import { Refusal } from './api/request'
import type { Me } from './api/types'
import { lang, speakAs, words } from './i18n/lang'
import { keepReader, kept, lastReader, wipe } from './offline/kept'
import { lastFeed, type Snapshot } from './offline/snapshot'
import { HTTPCarrier } from './outbox/carrier'
import { DiskShelf } from './outbox/disk'
import { drainWhenever } from './outbox/drain'
import { Outbox } from './outbox/outbox'
import { Unavailable } from './shell/Unavailable'
import { Workplace } from './shell/Workplace'
import { SignIn } from './signin/SignIn'

const retryAfter = 4000

type Who = Me | 'nobody' | 'expired' | 'unknown' | 'unreachable'

/** The whole application: who is there decides what is shown. */
export function App() {
  const outbox = useMemo(() => new Outbox(new DiskShelf(), new HTTPCarrier(() => lang.peek())), [])
  const client = useMemo(() => new Client(() => lang.peek(), outbox, kept), [])
  const who = useSignal<Who>('unknown')
  const last = useRef<Snapshot>()
  useEffect(() => void (document.documentElement.lang = lang.value), [lang.value])
  useEffect(() => drainWhenever(outbox), [outbox])

  const welcome = (me: Me): void => {
    speakAs(me.lang)
    void outbox.as(me)
    if (!isSame(who.peek(), me)) who.value = me
  }
  const leave = (expired: boolean): void => {
    last.current = undefined
    void wipe()
    void outbox.as(undefined)
    who.value = expired ? 'expired' : 'nobody'
  }
  const recognise = (): void => {
    client.me().then(
      (me) => {
        void keepReader(me)
        welcome(me)
      },
      (err) => {
        if (err instanceof Refusal && err.status === 401) return leave(false)
        if (typeof who.peek() === 'string') who.value = 'unreachable'
        setTimeout(recognise, retryAfter)
      },
    )
  }
  // Whoever read here last need not wait for the server to be recognised.
  const remember = async (): Promise<void> => {
    const me = await lastReader()
    if (!me) return
    last.current = await lastFeed(kept)
    if (who.peek() === 'unknown' || who.peek() === 'unreachable') welcome(me)
  }
  useEffect(() => {
    void remember()
    recognise()
  }, [client])

  switch (who.value) {
    case 'unknown':
      return null
    case 'unreachable':
      return <Unavailable text={words.value.unreachable} />
    case 'nobody':
    case 'expired':
      return (
        <SignIn
          client={client}
          expired={who.value === 'expired'}
          onDone={(me) => {
            void keepReader(me)
            welcome(me)
          }}
        />
      )
    default:
      return <Workplace key={rights(who.value)} me={who.value} client={client} outbox={outbox} last={last.current} onLeave={leave} />
  }
}

/** What a person sees hangs on who they are and on what they were granted. */
const rights = ({ id, grants, station }: Me): string => JSON.stringify([id, station, grants])

/** The seal may come later; it changes nothing on the screen. */
const isSame = (known: Who, me: Me): boolean => typeof known !== 'string' && rights(known) === rights(me) && known.name === me.name
