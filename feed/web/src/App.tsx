import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Client } from './api/client'
import { Refusal } from './api/request'
import type { Me } from './api/types'
import { lang, speakAs, words } from './i18n/lang'
import { KitPage } from './shell/pages'
import { route } from './shell/route'
import { Unavailable } from './shell/Unavailable'
import { Workplace } from './shell/Workplace'
import { SignIn } from './signin/SignIn'

const retryAfter = 4000

type Who = Me | 'nobody' | 'expired' | 'unknown' | 'unreachable'

/** The whole application: who is there decides what is shown. */
export function App() {
  const client = useMemo(() => new Client(() => lang.peek()), [])
  const who = useSignal<Who>('unknown')
  useEffect(() => void (document.documentElement.lang = lang.value), [lang.value])

  const welcome = (me: Me): void => {
    speakAs(me.lang)
    who.value = me
  }
  const recognise = (): void => {
    client.me().then(welcome, (err) => {
      if (err instanceof Refusal && err.status === 401) who.value = 'nobody'
      else {
        who.value = 'unreachable'
        setTimeout(recognise, retryAfter)
      }
    })
  }
  useEffect(recognise, [client])

  if (KitPage && route.value.at === 'kit') return <KitPage />
  switch (who.value) {
    case 'unknown':
      return null
    case 'unreachable':
      return <Unavailable text={words.value.unreachable} />
    case 'nobody':
    case 'expired':
      return <SignIn client={client} expired={who.value === 'expired'} onDone={welcome} />
    default:
      return (
        <Workplace
          key={who.value.id}
          me={who.value}
          client={client}
          onLeave={(expired) => (who.value = expired ? 'expired' : 'nobody')}
        />
      )
  }
}
