import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useSession } from './session'

const nearTheTop = 60

/**
 * Holds new posts back while the reader is further down the scroller, and
 * offers them.
 */
export function NewPosts({ scroller }: { scroller: RefObject<HTMLElement> }) {
  const { feed } = useSession()
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const watch = (): void => feed.hold(element.scrollTop > nearTheTop)
    element.addEventListener('scroll', watch, { passive: true })
    return () => {
      element.removeEventListener('scroll', watch)
      feed.hold(false)
    }
  }, [feed])
  const count = feed.waiting.value.size
  if (count === 0) return null
  const show = (): void => {
    feed.hold(false)
    scroller.current?.scrollTo({ top: 0 })
  }
  return (
    <button type="button" class="new-posts" onClick={show}>
      ↑ {words.value.newPosts(count)}
    </button>
  )
}
