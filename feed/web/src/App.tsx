import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Client } from './api/client'
import type { Me } from './api/types'
import { codeOfLink } from './identity/code'
import { PairForm } from './identity/PairForm'
import type { Presence } from './identity/presence'
import { lang, words } from './i18n/lang'
import { followReader } from './offline/reader'
import { drainWhenever } from './outbox/drain'
import type { Outbox } from './outbox/outbox'
import { GuestPage, KitPage, Welcome } from './shell/pages'
import { go, route } from './shell/route'
import { Unavailable } from './shell/Unavailable'
import { Workplace } from './shell/Workplace'
import { SignIn } from './signin/SignIn'

type Props = { outbox: Outbox; client: Client; presence: Presence }

/** The whole application: who is there decides what is shown. */
export function App({ outbox, client, presence }: Props) {
  const pairing = useSignal(codeOfLink(location.hash) || undefined)
  useEffect(() => void (document.documentElement.lang = lang.value), [lang.value])
  useEffect(() => drainWhenever(outbox), [outbox])
  useEffect(() => {
    const follow = (): void => {
      const code = codeOfLink(location.hash)
      if (!code) return
      // A code is for once, and for nobody who reads the address later.
      history.replaceState(null, '', '/')
      pairing.value = code
    }
    follow()
    addEventListener('hashchange', follow)
    const unfollow = followReader(presence, outbox)
    void presence.recognise()
    return () => {
      removeEventListener('hashchange', follow)
      unfollow()
    }
  }, [presence])

  const who = presence.who.value
  const enter = (me: Me): void => {
    pairing.value = undefined
    void presence.welcome(me)
  }
  if (KitPage && route.value.at === 'kit') return <KitPage />
  // A guest is nobody here: the link is all that they have.
  if (route.value.at === 'guest') return <GuestPage />
  if (pairing.value !== undefined) {
    const leave = (): void => void (pairing.value = undefined)
    return <PairForm key={pairing.value} client={client} code={pairing.value || undefined} onDone={enter} onLeave={leave} />
  }
  if (typeof who !== 'string') return <Workplace key={who.number} turn={who} presence={presence} client={client} outbox={outbox} />
  if (who === 'unknown') return null
  const w = words.value
  if (who === 'unreachable') return <Unavailable text={w.unreachable} />
  if (route.value.at === 'welcome') {
    const come = (me: Me): void => {
      go('/')
      enter(me)
    }
    return <Welcome client={client} onDone={come} onLeave={() => go('/')} />
  }
  const because = { nobody: undefined, expired: w.sessionEnded, unpaired: w.identity.unpaired }[who]
  return <SignIn client={client} because={because} onDone={enter} onPair={() => (pairing.value = '')} />
}
