import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import { Refusal } from '../api/request'
import type { Me, Person } from '../api/types'
import { words } from '../i18n/lang'
import { formatAge } from '../i18n/time'
import { Choices } from '../shell/Choices'
import { explain } from '../shell/explain'
import { LongMark } from '../shell/LongMark'
import { NameField } from './NameField'
import { People } from './People'
import { PinPad } from './PinPad'
import './signin.css'

// The people of the demo have codes of four digits; others may be longer.
const demoPin = 4

/** Says who one is: a tile or a name, then a code. */
export function SignIn({ client, expired, onDone }: { client: Client; expired: boolean; onDone: (me: Me) => void }) {
  const [people, setPeople] = useState<Person[] | 'none'>()
  const [member, setMember] = useState<{ id: string; name: string }>()
  const [error, setError] = useState('')
  const w = words.value
  useEffect(() => {
    client.people().then(setPeople, () => setPeople('none'))
  }, [client])

  const enter = async (pin: string): Promise<void> => {
    setError('')
    try {
      onDone(await client.signIn(member!.id, pin))
    } catch (err) {
      setError(refusalOf(err))
    }
  }
  const leave = (): void => {
    setMember(undefined)
    setError('')
  }
  return (
    <main class="signin">
      <header>
        <LongMark />
        <p class="product">{w.product}</p>
      </header>
      {expired && !member && <p class="banner">{w.sessionEnded}</p>}
      {member ? (
        <PinPad name={member.name} length={people === 'none' ? undefined : demoPin} error={error} onPin={enter} onLeave={leave} />
      ) : people === 'none' ? (
        <NameField onName={(name) => setMember({ id: name, name })} />
      ) : (
        <People people={people ?? []} onPick={setMember} />
      )}
      {!member && (
        <footer>
          <Choices />
        </footer>
      )}
    </main>
  )
}

function refusalOf(err: unknown): string {
  const w = words.peek()
  if (!(err instanceof Refusal)) return explain(w, err)
  if (err.status === 423 && err.retryAfter) return w.pinLocked(formatAge(w, 0, Math.max(err.retryAfter, 60) * 1000))
  return err.message || w.pinWrong
}
