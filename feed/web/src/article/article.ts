import { useEffect, useState } from 'preact/hooks'
import type { Article } from '../api/article'
import { Refusal } from '../api/request'
import { useSession } from '../shell/session'
import { isUnknown } from './send'

const most = 50
const last = new Map<string, Article>()

/** How the facts on an article are: on their way, fresh, from an earlier reading, unknown to the ERP, or out of reach. */
export type Reading = 'reading' | 'fresh' | 'old' | 'unknown' | 'away'

/** What the ERP says of an article, and else what it said when it was last read. */
export function useArticle(sku: string): { article?: Article; reading: Reading } {
  const { me, client, expired } = useSession()
  const key = `${me.id} ${sku}`
  const [article, setArticle] = useState(last.get(key))
  const [reading, setReading] = useState<Reading>('reading')
  useEffect(() => {
    client.article(sku).then(
      (read) => {
        keep(key, read)
        setArticle(read)
        setReading('fresh')
      },
      (err: unknown) => {
        if (err instanceof Refusal && err.status === 401) expired()
        setReading(isUnknown(err) ? 'unknown' : last.has(key) ? 'old' : 'away')
      },
    )
  }, [key])
  return { ...(article && { article }), reading }
}

function keep(key: string, article: Article): void {
  last.delete(key)
  last.set(key, article)
  if (last.size > most) last.delete(last.keys().next().value!)
}
