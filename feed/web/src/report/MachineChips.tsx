import { useEffect, useState } from 'preact/hooks'
import { lastMachines, readMachines } from '../line/machines'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'

type Props = { territory: string; chosen: string | undefined; onPick: (asset: string | undefined) => void }

/** Which machine a point is about, from those last known when none can be read. */
export function MachineChips({ territory, chosen, onPick }: Props) {
  const { client } = useSession()
  const [machines, setMachines] = useState(() => lastMachines(territory))
  const w = words.value
  useEffect(() => {
    readMachines(client, territory).then(setMachines, () => undefined)
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
