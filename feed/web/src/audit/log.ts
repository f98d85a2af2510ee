import { useEffect, useState } from 'preact/hooks'
import { read } from '../api/request'
import type { AuditLine } from '../api/rights'
import { lang } from '../i18n/lang'
import { useSession } from '../shell/session'

const pageSize = 50

type Log = { lines: AuditLine[] | undefined; failed: boolean; more: (() => void) | undefined; again: () => void }

/** Lines of an audit log, page after page. */
export function useLog(path: '/audit' | '/me/audit'): Log {
  const { client } = useSession()
  const [lines, setLines] = useState<AuditLine[]>()
  const [failed, setFailed] = useState(false)
  const [last, setLast] = useState(false)
  const load = (before?: number): void => {
    setFailed(false)
    read<{ lines: AuditLine[] }>(client.url(path, { before, limit: pageSize })).then(
      ({ body }) => {
        setLast(body.lines.length < pageSize)
        setLines((known) => [...(before ? (known ?? []) : []), ...body.lines])
      },
      () => setFailed(true),
    )
  }
  useEffect(() => load(), [lang.value])
  const oldest = lines?.at(-1)?.n
  return { lines, failed, more: oldest && !last ? () => load(oldest) : undefined, again: () => load() }
}
