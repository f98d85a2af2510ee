import { words } from '../i18n/lang'

const here = ['localhost', '127.0.0.1', '[::1]']

/** Says that a code leads nowhere for any other device, where this page was opened at an address of this computer alone. */
export function OnlyHere() {
  if (!here.includes(location.hostname)) return null
  return <p class="hint">{words.value.onlyHere}</p>
}
