import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Provenance } from '../api/types'
import { words } from '../i18n/lang'
import { ProvenanceList } from '../post/ProvenanceList'
import { usePopover } from '../shell/popover'
import { useSession } from '../shell/session'

type Props = {
  /** The post whose figure it is. */
  post: string
  /** What the figure tells: "Cadence". */
  name: string
  children: ComponentChildren
}

/** A figure; a touch on it says which connector it came from, by which topic, node or file, and when. */
export function Figure({ post, name, children }: Props) {
  const { client } = useSession()
  const { root, open, toggle, onKeyDown } = usePopover()
  const [source, setSource] = useState<Provenance | 'none'>()
  const w = words.value
  const show = (): void => {
    toggle()
    if (open) return
    client.post(post).then(
      (detail) => setSource(detail.provenance ?? 'none'),
      () => setSource('none'),
    )
  }
  return (
    <div class="figure" ref={root} onKeyDown={onKeyDown}>
      <button type="button" aria-expanded={open} aria-label={w.steer.sourceOf(name)} onClick={show}>
        <span>{name}</span>
        <b>{children}</b>
      </button>
      {open && (
        <div class="menu" role="group" aria-label={w.steer.sourceOf(name)}>
          {source === undefined && <p class="quiet">{w.loading}</p>}
          {source === 'none' && <p class="quiet">{w.steer.noSource}</p>}
          {source && source !== 'none' && <ProvenanceList provenance={source} />}
        </div>
      )}
    </div>
  )
}
