import type { Usage } from '../api/usage'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'

const strokes = {
  group: 'M8 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2 20c0-4 2.700-6 6-6s6 2 6 6M16 12a3 3 0 1 0-1-5.800M17 14c3 0 5 2 5 5.500',
  list: 'M3 6l2 2 3-4M3 13l2 2 3-4M3 20l2 2 3-4M12 6h9M12 13h9M12 20h9',
  word: 'M4 5h16v11H11l-5 4v-4H4z',
  rules: 'M2 16h4l3-9 4 12 3-8 2 5h4',
  poster: 'M5 3h14v18H5zM9 7h6M9 11h6M9 15h3v3H9z',
}

/** What a usage brings, each with its sign and its word. */
export function Gives({ usage }: { usage: Usage }) {
  const w = words.value
  const u = w.usages
  return (
    <ul class="gives" aria-label={u.gives}>
      <Give sign="group" text={u.givesGroup(asRead(usage.group), w.groups.kind[usage.kind].toLowerCase())} />
      <Give sign="list" text={u.givesLists(usage.checklists.length)} />
      <Give sign="word" text={u.givesWelcome} />
      {usage.rules.map((rules) => (
        <Give key={rules.pack} sign="rules" text={rules.owned ? u.rulesOwned : u.rulesCome(rules.says.length)} />
      ))}
      <Give sign="poster" text={u.givesPoster} />
    </ul>
  )
}

function Give({ sign, text }: { sign: keyof typeof strokes; text: string }) {
  return (
    <li>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={strokes[sign]} />
      </svg>
      <span>{text}</span>
    </li>
  )
}
