import { useRef } from 'preact/hooks'
import { uuid7 } from '../api/uuid'

type Once = {
  /** The key of this content: the same as long as it is the same content. */
  keyOf: (content: unknown) => string
  /** The content has arrived: saying it again is saying it twice. */
  arrived: () => void
}

/**
 * Keys for what a person sends. Who presses again because no answer came sends
 * under the same key, and the server takes it once.
 */
export function useOnce(): Once {
  const last = useRef({ content: '', key: '' })
  return {
    keyOf: (content) => {
      const text = JSON.stringify(content)
      if (last.current.content !== text) last.current = { content: text, key: uuid7() }
      return last.current.key
    },
    arrived: () => (last.current = { content: '', key: '' }),
  }
}
