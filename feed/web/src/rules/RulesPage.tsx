import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { Rollouts } from './Rollouts'
import { RuleTable } from './RuleTable'
import { TrialForm } from './TrialForm'
import { useTrial } from './trial'
import './rules.css'

const sections = ['list', 'trial', 'places'] as const

/** *Règles*: what each says and how it is taken, a place to try others, how far places are. */
export function RulesPage() {
  const [section, setSection] = useState<(typeof sections)[number]>('list')
  const trial = useTrial()
  const [line, setLine] = useState(1)
  const page = useFocus<HTMLElement>()
  const w = words.value
  const tryRule = (source: string, line: number): void => {
    trial.write(source)
    setLine(line)
    setSection('trial')
  }
  return (
    <main class="page rules" ref={page} tabIndex={-1} aria-label={w.rules.title}>
      <PageTop title={w.rules.title}>
        <nav class="sections" aria-label={w.rules.title}>
          {sections.map((name) => (
            <button type="button" key={name} aria-pressed={section === name} onClick={() => setSection(name)}>
              {w.rules.sections[name]}
            </button>
          ))}
        </nav>
      </PageTop>
      <LastNews />
      <div class="rules-body">
        {section === 'list' && <RuleTable onTry={tryRule} />}
        {section === 'trial' && <TrialForm trial={trial} line={line} />}
        {section === 'places' && <Rollouts />}
      </div>
    </main>
  )
}
