import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import { Refusal } from '../api/request'
import type { Me, Person } from '../api/types'
import { words } from '../i18n/lang'
import { formatAge } from '../i18n/time'
import { explain } from '../shell/explain'

type Name = Pick<Person, 'id' | 'name' | 'digits'>

type Identify = {
  /** Who may sign in here; none where people are not listed; undefined until it is known. */
  people: Person[] | 'none' | undefined
  /** Who says that they are here, and has still to prove it. */
  member: Name | undefined
  error: string
  pick: (member: Name) => void
  enter: (pin: string) => Promise<void>
  leave: () => void
}

/** Says who one is: a tile or a name, then a code. */
export function useIdentify(client: Client, onDone: (me: Me) => void): Identify {
  const [people, setPeople] = useState<Person[] | 'none'>()
  const [member, pick] = useState<Name>()
  const [error, setError] = useState('')
  useEffect(() => {
    client.people().then(setPeople, () => setPeople('none'))
  }, [client])
  return {
    people,
    member,
    error,
    pick,
    enter: async (pin) => {
      setError('')
      try {
        onDone(await client.signIn(member!.id, pin))
      } catch (err) {
        setError(refusalOf(err))
      }
    },
    leave: () => {
      pick(undefined)
      setError('')
    },
  }
}

function refusalOf(err: unknown): string {
  const w = words.peek()
  if (!(err instanceof Refusal)) return explain(w, err)
  if (err.status === 423 && err.retryAfter) return w.pinLocked(formatAge(w, 0, Math.max(err.retryAfter, 60) * 1000))
  return err.message || w.pinWrong
}
