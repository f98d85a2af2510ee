import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { DecideDialog, verdicts, type Verdict } from './DecideDialog'

/** The three keys of whoever decides an idea. */
export function Verdicts({ post }: { post: Post }) {
  const [verdict, choose] = useState<Verdict>()
  return (
    <>
      {[...verdicts].reverse().map((one) => (
        <button type="button" key={one} data-guide={one === 'accept' ? 'decide' : undefined} class={`key ${one === 'accept' ? 'main' : ''}`} onClick={() => choose(one)}>
          {words.value.steer.verdict[one]}
        </button>
      ))}
      {verdict && <DecideDialog post={post} verdict={verdict} onClose={() => choose(undefined)} />}
    </>
  )
}
