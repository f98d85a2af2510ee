import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import './folded.css'

type Props = { class?: string; /** What it is of: folded again when it becomes another. */ text: string; as?: 'p' | 'h2'; children: ComponentChildren }

/**
 * A long text, of which the first lines are shown. All of it is in the page, for
 * who listens to it or searches in the page; whatever leads into the rest unfolds it.
 */
export function Folded({ class: name = '', text, as: Text = 'p', children }: Props) {
  const id = useId()
  const shown = useRef<HTMLParagraphElement & HTMLHeadingElement>(null)
  const [open, setOpen] = useState(false)
  const [long, setLong] = useState(false)
  useLayoutEffect(() => {
    const of = shown.current!
    const measure = (): void => void (of.classList.contains('folded') && setLong(of.scrollHeight > of.clientHeight + 2))
    const sizes = new ResizeObserver(measure)
    sizes.observe(of)
    measure()
    return () => sizes.disconnect()
  }, [text, open])
  useLayoutEffect(() => setOpen(false), [text])
  const w = words.value
  return (
    <>
      <Text id={id} ref={shown} class={`${name} ${open ? '' : 'folded'}`} onScroll={() => setOpen(true)} onFocusIn={() => setOpen(true)}>
        {children}
      </Text>
      {(long || open) && (
        <button type="button" class="plain unfold" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? w.readLess : w.readOn}
        </button>
      )}
    </>
  )
}
