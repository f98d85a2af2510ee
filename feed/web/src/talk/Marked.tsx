import type { Mention } from '../api/talk'
import { asRead } from '../i18n/ready'
import { typeset } from '../i18n/typeset'
import { addressOf, stretches, type Stretch } from './marks'
import './talk.css'

/** What somebody wrote, its mentions, tags and links shown as such; all else in it is text. */
export function Marked({ text, mentions = [] }: { text: string; mentions?: Mention[] | undefined }) {
  const read = stretches(
    text,
    mentions.filter((m) => m.member || m.role || m.skill).map((m) => m.as),
  )
  if (!read.some(({ mark }) => mark && mark.kind !== 'call')) return <>{asRead(text)}</>
  return (
    <>
      {read.map((stretch, i) => (
        <Piece key={i} {...stretch} />
      ))}
    </>
  )
}

/** One stretch of it. A link leads out of the house: nobody is told from where. */
function Piece({ text, mark }: Stretch) {
  const address = mark?.kind === 'link' ? addressOf(mark.says) : undefined
  if (address) {
    return (
      <a class="out" href={address} rel="noopener noreferrer nofollow" target="_blank">
        {text}
      </a>
    )
  }
  switch (mark?.kind) {
    case 'mention':
      return <b class="mention">{text}</b>
    case 'tag':
      return <b class="tag">{text}</b> // the tags of a post stand below it, large enough to be touched
    default:
      return <>{typeset(text)}</>
  }
}
