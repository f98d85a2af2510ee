import { lang, words } from '../i18n/lang'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import { MachineRow } from './MachineRow'
import { readMachines } from './machines'

const every = 5000
const usual = 6

/** The machines of the line, each with its rate or its state. */
export function MachineStrip({ territory }: { territory: string }) {
  const { client } = useSession()
  const machines = usePoll(() => readMachines(client, territory), every, `${territory} ${lang.value}`)
  const w = words.value
  return (
    <aside class="strip" aria-label={w.machines}>
      <h2>{w.machines}</h2>
      {machines?.length === 0 && <p class="quiet">{w.noMachines}</p>}
      {!machines && <Awaited />}
      <ul tabIndex={0}>
        {machines?.map((machine) => (
          <MachineRow key={machine.path} machine={machine} />
        ))}
      </ul>
    </aside>
  )
}

/** The place of machines that are on their way, as many as there usually are. */
function Awaited() {
  return (
    <div class="skeleton awaited" aria-hidden="true">
      {Array.from({ length: usual }, (_, i) => (
        <div class="machine" key={i}>
          <i class="short" />
        </div>
      ))}
    </div>
  )
}
