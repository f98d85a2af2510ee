import { Pane } from './Pane'

const colours = ['ground', 'sheet', 'sheet-2', 'line', 'edge', 'ink', 'ink-2', 'wire', 'brand', 'brand-soft', 'critical', 'critical-mark', 'critical-soft', 'major', 'major-mark', 'major-soft', 'minor', 'minor-mark', 'taken', 'done', 'good', 'idea', 'hatch', 'glow']
const sizes = ['note', 'label', 'small', 'text', 'title', 'bar', 'display', 'value']

/** Colours and sizes as tokens.css names them. */
export function Tokens({ density }: { density: 'hand' | 'glove' }) {
  return (
    <Pane title="Couleurs et tailles" density={density}>
      {() => (
        <>
          <ul class="kit-colours">
            {colours.map((name) => (
              <li key={name}>
                <i style={{ background: `var(--${name})` }} />
                {name}
              </li>
            ))}
          </ul>
          {sizes.map((name) => (
            <p key={name} style={{ fontSize: `var(--${name})` }}>
              {name} 18 240
            </p>
          ))}
        </>
      )}
    </Pane>
  )
}
