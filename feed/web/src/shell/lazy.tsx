import type { ComponentChild, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { Skeleton } from './Skeleton'
import { Unavailable } from './Unavailable'

/**
 * A page that is loaded when it is first shown: what the first screen does not
 * need does not weigh on it. Meanwhile its place is shown, or what the caller says.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ComponentChild = waiting): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props: P) {
    const [failed, setFailed] = useState(false)
    const [, show] = useState(loaded)
    useEffect(() => {
      if (loaded) return
      load().then(
        (page) => {
          loaded = page
          show(() => page)
        },
        () => setFailed(true),
      )
    }, [])
    if (loaded) {
      const Page = loaded
      return <Page {...props} />
    }
    if (failed) return <Unavailable text={words.value.unreachable} />
    return <>{meanwhile}</>
  }
}

const waiting = (
  <main class="page">
    <Skeleton count={3} />
  </main>
)
