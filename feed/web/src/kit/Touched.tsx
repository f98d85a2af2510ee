import { Pane } from './Pane'

/** Each state, by what brings it about. */
const states: Record<string, Record<string, unknown>> = {
  repos: {},
  survol: { 'data-look': 'hover' },
  clavier: { 'data-look': 'focus-visible' },
  appui: { 'data-look': 'active' },
  inerte: { disabled: true },
  attente: { 'aria-busy': true },
}

const keys: [name: string, className: string, label: string][] = [
  ['Touche principale', 'key main', 'Je prends'],
  ['Touche', 'key', 'Répondre'],
  ['Touche heureuse', 'key main good', 'Ça marche'],
  ['Choix', 'chip', 'Réglage fait'],
  ['Lien', 'plain', 'Retenu'],
]

/** All that is touched, in every state. */
export function Touched({ density }: { density: 'hand' | 'glove' }) {
  return (
    <Pane title="Touches" density={density}>
      {() => (
        <div class="kit-grid">
          <i />
          {Object.keys(states).map((state) => (
            <span key={state}>{state}</span>
          ))}
          {keys.map(([name, className, label]) => (
            <Row key={name} name={name} className={className} label={label} />
          ))}
          <span>Choix fait</span>
          <button type="button" class="chip" aria-pressed="true">
            Nettoyage
          </button>
        </div>
      )}
    </Pane>
  )
}

function Row({ name, className, label }: { name: string; className: string; label: string }) {
  return (
    <>
      <span>{name}</span>
      {Object.entries(states).map(([state, props]) => (
        <div key={state}>
          <button type="button" class={className} {...props}>
            {label}
          </button>
        </div>
      ))}
    </>
  )
}
