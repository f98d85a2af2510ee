/** Whether words are in a field of this page that a new page would not have. */
export const isTyping = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some((field) => field.value !== '' && field.type !== 'radio' && field.type !== 'checkbox')
