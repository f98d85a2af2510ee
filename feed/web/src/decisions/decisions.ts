import { useEffect, useState } from 'preact/hooks'
import type { DecisionList, DecisionListName } from '../api/course'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

const every = 10_000

/** A list of decisions, read again as time passes and whenever the feed hears of one that changed. */
export function useDecisions(list: DecisionListName, place: string): { list?: DecisionList; failed: boolean } {
  const { client, feed } = useSession()
  const [read, setRead] = useState<{ key: string; list: DecisionList }>()
  const [failed, setFailed] = useState(false)
  const key = `${list} ${place} ${lang.value}`
  // What the feed shows of courses: a text that changes when one moves.
  const moved = [...feed.posts.value.values()].reduce((last, post) => (post.talk?.course ? Math.max(last, post.change) : last), 0)
  useEffect(() => {
    let left = false
    const look = (): void => {
      if (document.hidden) return
      client.decisions(list, place).then(
        (next) => {
          if (left) return
          setRead({ key, list: next })
          setFailed(false)
        },
        () => !left && setFailed(true),
      )
    }
    look()
    const timer = setInterval(look, every)
    return () => {
      left = true
      clearInterval(timer)
    }
  }, [key, moved])
  // What the feed has by now of a post is newer than what was read.
  const now = (known: DecisionList): DecisionList => ({ ...known, posts: known.posts.map((post) => feed.posts.value.get(post.id) ?? post) })
  return { ...(read?.key === key && { list: now(read.list) }), failed }
}
