import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import type { Verdict } from '../course/course'
import { DecideDialog } from './DecideDialog'

/** On the page the three that are most often said; merging is in the menu. */
const shown: Verdict[] = ['later', 'refuse', 'accept']

/** The keys of whoever decides an idea, or closes a question. */
export function Verdicts({ post }: { post: Post }) {
  const [verdict, choose] = useState<Verdict>()
  const w = words.value
  const question = post.kind === 'question'
  const said = question ? w.circuits.questionVerdict : w.steer.verdict
  const keys = question && post.comments === 0 ? shown.filter((one) => one !== 'accept') : shown
  return (
    <>
      {keys.map((one) => (
        <button type="button" key={one} data-guide={one === 'accept' ? 'decide' : undefined} class={`key ${one === 'accept' ? 'main' : ''}`} onClick={() => choose(one)}>
          {said[one]}
        </button>
      ))}
      {verdict && <DecideDialog post={post} verdict={verdict} onClose={() => choose(undefined)} />}
    </>
  )
}
