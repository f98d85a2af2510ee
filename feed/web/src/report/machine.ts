import { useEffect, useState } from 'preact/hooks'
import { lastMachines, readMachines, type Named } from '../line/machines'
import { useSession } from '../shell/session'
import { suspectOf } from './points'

type Choice = { machines: Named[]; suspect: string | undefined; chosen: string | undefined; choose: (path: string | undefined) => void }

/** The machines of a place and the one chosen: until a person does, the one that is in alert. */
export function useMachine(territory: string): Choice {
  const { client } = useSession()
  const [machines, setMachines] = useState(() => lastMachines(territory))
  const [suspect, setSuspect] = useState<string>()
  const [own, setOwn] = useState<{ path: string | undefined }>()
  useEffect(() => {
    const tell = (read: Awaited<ReturnType<typeof readMachines>>): void => {
      setMachines(read)
      setSuspect(suspectOf(read))
    }
    readMachines(client, territory).then(tell, () => undefined)
  }, [territory])
  return { machines, suspect, chosen: own ? own.path : suspect, choose: (path) => setOwn({ path }) }
}
