import { useEffect, useState } from 'preact/hooks'
import type { Machine } from '../api/types'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

type Props = { territory: string; chosen: string | undefined; onPick: (asset: string | undefined) => void }

/** Which machine a point is about: the one in trouble is chosen beforehand. */
export function MachineChips({ territory, chosen, onPick }: Props) {
  const { client } = useSession()
  const [machines, setMachines] = useState<Machine[]>([])
  const w = words.value
  useEffect(() => {
    client.machines(territory).then(
      (all) => {
        setMachines(all)
        onPick(all.find((m) => m.severity && m.severity !== 'info')?.path)
      },
      () => undefined, // without the list a point is about the whole line
    )
  }, [territory])
  const choices = [{ path: undefined, name: w.wholeLine }, ...machines]
  return (
    <fieldset class="chips">
      <legend>{w.reportWhere}</legend>
      {choices.map(({ path, name }) => (
        <button type="button" class="chip" key={path ?? ''} aria-pressed={chosen === path} onClick={() => onPick(path)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}
