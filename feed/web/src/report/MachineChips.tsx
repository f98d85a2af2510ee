import { words } from '../i18n/lang'
import type { Named } from '../line/machines'

type Props = {
  machines: readonly Named[]
  /** The machine that is in alert, if one stands out. */
  suspect: string | undefined
  chosen: string | undefined
  onPick: (path: string | undefined) => void
}

/** Which machine it is about, or the whole line. */
export function MachineChips({ machines, suspect, chosen, onPick }: Props) {
  const w = words.value
  const choices = [{ path: undefined, name: w.wholeLine }, ...machines]
  return (
    <fieldset class="chips">
      <legend>{w.reportWhere}</legend>
      {choices.map(({ path, name }) => (
        <button type="button" class="chip" key={path ?? ''} aria-pressed={chosen === path} onClick={() => onPick(path)}>
          {name}
          {path !== undefined && path === suspect && <small> · {w.lines.abnormal}</small>}
        </button>
      ))}
    </fieldset>
  )
}
