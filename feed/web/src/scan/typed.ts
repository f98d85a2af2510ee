import { useEffect, useState } from 'preact/hooks'
import type { Found } from '../api/article'
import type { Words } from '../i18n/fr'
import { readCode, type ArticleCode } from '../report/ean'
import { useSession } from '../shell/session'

const pause = 250 // ms without a key, before asking
const shortest = 2

/** What is wrong with a code, to tell whoever typed it; empty when nothing is. */
export function mistakeIn(code: ArticleCode, w: Words): string {
  switch (code.kind) {
    case 'empty':
      return w.eanFirst
    case 'length':
      return w.eanLength(code.digits)
    case 'check':
      return w.eanCheck
    case 'short':
      return w.referenceShort
    case 'control':
      return w.referenceControl
    default:
      return ''
  }
}

/** The code to open as it is: one whose check digit holds, or a reference that has digits in it. */
export function codeIn(typed: string): string | undefined {
  const code = readCode(typed)
  if (code.kind === 'ean') return code.code
  return code.kind === 'reference' && /\d/.test(code.code) && !/\s/.test(code.code) ? code.code : undefined
}

/** Articles that somebody who typed this may mean; undefined while nobody can tell. */
export function useFound(typed: string): Found[] | undefined {
  const { client } = useSession()
  const [found, setFound] = useState<Found[]>()
  useEffect(() => {
    setFound(undefined)
    const asked = typed.trim()
    if (asked.length < shortest) return
    let over = false
    const ask = (): void =>
      void client.articles(asked).then(
        (list) => over || setFound(list),
        () => undefined,
      )
    const timer = setTimeout(ask, pause)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [typed])
  return found
}
