import type { Stroke } from './burst'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Whether keys put text there. */
export const isField = (at: Element): at is Field =>
  at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && !untyped.includes(at.type))

const untyped = ['button', 'submit', 'reset', 'checkbox', 'radio', 'file', 'image', 'range', 'color']

/**
 * Does what a held key would have done: text where it was going, at the caret,
 * with the events that the page listens to; a key press elsewhere. mark sees
 * the press before anybody hears it.
 */
export function putBack({ key, to }: Stroke<Element>, mark: (event: Event) => void): void {
  if (!to.isConnected) return
  if (!isField(to)) {
    const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    mark(press)
    to.dispatchEvent(press)
    return
  }
  // The browser's own insertion keeps undoing, the greatest length and number fields.
  if (document.activeElement === to && document.execCommand('insertText', false, key)) return
  if (to.readOnly || to.disabled || (to.maxLength >= 0 && to.value.length >= to.maxLength)) return
  to.setRangeText(key, to.selectionStart ?? to.value.length, to.selectionEnd ?? to.value.length, 'end')
  to.dispatchEvent(new InputEvent('input', { bubbles: true, data: key, inputType: 'insertText' }))
}

/** Takes away the text that a key put before the caret. */
export function takeBack({ key, to }: Stroke<Element>): void {
  if (!to.isConnected || !isField(to)) return
  const at = to.selectionEnd ?? to.value.length
  if (to.value.slice(0, at).slice(-key.length) !== key) return
  if (document.activeElement === to && document.execCommand('delete')) return
  to.setRangeText('', at - key.length, at, 'end')
  to.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }))
}
