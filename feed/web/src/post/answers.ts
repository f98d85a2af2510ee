import { useEffect, useState } from 'preact/hooks'
import type { Post, PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { asRead } from '../i18n/ready'
import { useSession } from '../shell/session'

/** What may be answered with a touch when a post is closed. */
export type Answers = { causes: string[]; actions: string[] }

const mostChips = 6
const patience = 700

/**
 * The rule's answers and those given before, then the usual ones. A card does
 * not know its rule's: they are asked for, and no longer waited for than a
 * person notices. Undefined until then, so that no chip moves under a finger.
 */
export function useAnswers(post: Post | PostDetail, w: Words): Answers | undefined {
  const { client } = useSession()
  const [answers, setAnswers] = useState<Answers | undefined>('causes' in post ? answersOf(post, w) : undefined)
  useEffect(() => {
    if (answers) return
    const settle = (detail?: PostDetail): void => setAnswers((known) => known ?? answersOf(detail ?? post, w))
    const timer = setTimeout(settle, patience)
    client.post(post.id).then(settle, () => settle())
    return () => clearTimeout(timer)
  }, [])
  return answers
}

export function answersOf(post: Post | PostDetail, w: Words): Answers {
  const offered = 'causes' in post ? post : { causes: [], actions: [] }
  return { causes: once([...offered.causes, ...usual(post, w)]).slice(0, mostChips), actions: once(offered.actions).slice(0, mostChips) }
}

const once = (said: string[]): string[] => [...new Set(said.map(asRead))]

function usual(post: Post, w: Words): string[] {
  if (post.kind === 'idea') return w.causes.idea
  if (post.kind === 'selling-well') return w.causes.sales
  return post.sku ? w.causes.shelf : w.causes.machine
}
