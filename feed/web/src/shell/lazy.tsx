import type { ComponentChild, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { Skeleton } from './Skeleton'
import { Unavailable } from './Unavailable'

/** A page that may be loaded before it is shown. */
export type Lazy<P> = ComponentType<P> & { load: () => Promise<unknown> }

/**
 * A page that is loaded when it is first shown: what the first screen does not
 * need does not weigh on it. Meanwhile its place is shown, or what the caller says.
 */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ComponentChild = waiting): Lazy<P> {
  let loaded: ComponentType<P> | undefined
  const loadOnce = async (): Promise<ComponentType<P>> => (loaded ??= await load())
  function Lazy(props: P) {
    const [failed, setFailed] = useState(false)
    const [, setCame] = useState(false)
    useEffect(() => {
      // Also where it came between the first drawing and now.
      loadOnce().then(
        () => setCame(true),
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
  return Object.assign(Lazy, { load: loadOnce })
}

const waiting = (
  <main class="page">
    <Skeleton count={3} />
  </main>
)
