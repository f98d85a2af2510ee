import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { phrasesFor, topicOf, type Point } from './points'

type Props = { kind: Point; territory: string; asset: string | undefined; text: string; onPick: (phrase: string) => void }

const patience = 700

/** What was the cause here before and what is most often said, so that gloves need no keyboard. */
export function PhraseChips({ kind, territory, asset, text, onPick }: Props) {
  const before = useBefore(kind, territory, asset)
  const w = words.value
  return (
    <fieldset class="chips">
      <legend>{w.lines.text[kind]}</legend>
      {before &&
        phrasesFor(kind, before, w).map((phrase) => (
          <button type="button" class="chip" key={phrase} aria-pressed={text === phrase} onClick={() => onPick(phrase)}>
            {phrase}
          </button>
        ))}
    </fieldset>
  )
}

/**
 * The causes that were given before, waited for no longer than a person bears;
 * undefined until then, so that no chip moves under a finger.
 */
function useBefore(kind: Point, territory: string, asset: string | undefined): string[] | undefined {
  const { client } = useSession()
  const [before, setBefore] = useState<string[]>()
  useEffect(() => {
    let settled = false
    const settle = (causes: string[]): void => {
      if (!settled) setBefore(causes)
      settled = true
    }
    const timer = setTimeout(settle, patience, [])
    client.causes(territory, topicOf(kind), asset).then(settle, () => settle([]))
    return () => {
      settled = true
      clearTimeout(timer)
    }
  }, [kind, territory, asset])
  return before
}
