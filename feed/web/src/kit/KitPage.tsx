import { useEffect, useMemo } from 'preact/hooks'
import { SessionContext } from '../shell/session'
import { Drawn } from './Drawn'
import { Fields } from './Fields'
import { Frame } from './Frame'
import { showLooks } from './looks'
import { Posts } from './Posts'
import { kinds } from './samples'
import { kitSession } from './session'
import { Tokens } from './Tokens'
import { Touched } from './Touched'
import './kit.css'

const densities = ['hand', 'glove'] as const

/** Every component in every state, light and dark, for whoever makes the screens. */
export function KitPage() {
  const session = useMemo(kitSession, [])
  useEffect(showLooks, [])
  return (
    <SessionContext.Provider value={session}>
      <main class="kit">
        <h1>Fildefer</h1>
        <Drawn />
        {densities.map((density) => (
          <Tokens key={density} density={density} />
        ))}
        {densities.map((density) => (
          <Touched key={density} density={density} />
        ))}
        {densities.map((density) => (
          <Fields key={density} density={density} />
        ))}
        <Frame />
        <Posts kind="alert" density="glove" />
        {kinds.map((kind) => (
          <Posts key={kind} kind={kind} density="hand" />
        ))}
      </main>
    </SessionContext.Provider>
  )
}
