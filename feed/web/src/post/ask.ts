import { useEffect, useState } from 'preact/hooks'
import type { Post, PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { useSession } from '../shell/session'
import { answersOf, type Answers } from './answers'

const patience = 700

/**
 * What may be answered. A card does not know what its rule offers: that is
 * asked for, and waited for no longer than a person bears. Undefined until
 * then, so that no chip moves under a finger.
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
