import { useRef } from 'preact/hooks'
import { words } from '../i18n/lang'

/** The key that chooses a CSV or YAML file; the same one, corrected, can be chosen again. */
export function FileKey({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const p = words.value.places
  return (
    <>
      <input
        ref={input}
        type="file"
        class="spoken"
        tabIndex={-1}
        aria-label={p.choose}
        accept=".csv,.txt,.yaml,.yml"
        onChange={(e) => {
          const chosen = e.currentTarget.files?.[0]
          e.currentTarget.value = ''
          if (chosen) onFile(chosen)
        }}
      />
      <button type="button" class="key" disabled={busy} onClick={() => input.current?.click()}>
        {p.choose}
      </button>
    </>
  )
}
