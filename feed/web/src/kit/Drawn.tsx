import type { Mood } from '../feed/order'
import { Curve } from '../wire/Curve'
import { Sign } from '../wire/Sign'
import { Wire, WireEnd } from '../wire/Wire'
import { Pane } from './Pane'
import { severities } from './samples'

const moods: Mood[] = ['critical', 'major', 'minor', 'info', 'taken', 'good', 'idea', 'word', 'making', 'relay', 'asleep', 'done']

/** Every sign, every form of the wire, and the curve by severity. */
export function Drawn() {
  return (
    <Pane title="Signes et fil">
      {() => (
        <>
          <ul class="kit-signs">
            {moods.map((mood) => (
              <li key={mood}>
                <Wire mood={mood} />
                <Sign mood={mood} />
                <span>{mood}</span>
              </li>
            ))}
            <li>
              <WireEnd />
              <span>fin</span>
            </li>
          </ul>
          <div class="kit-row">
            {severities.map((post) => (
              <figure key={post.severity} class={`sev-${post.severity}`}>
                <Curve post={post} />
                <figcaption>{post.severity}</figcaption>
              </figure>
            ))}
          </div>
        </>
      )}
    </Pane>
  )
}
