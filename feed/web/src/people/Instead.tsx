import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import type { Desk } from './desk'

const most = 5

/** The skills that most people here have, for whoever found nobody by their words. */
export function Instead({ desk, onSkill }: { desk: Desk; onSkill: (skill: string) => void }) {
  const [skills, setSkills] = useState<string[]>([])
  useEffect(() => {
    let left = false
    desk.skills('').then(
      (found) => !left && setSkills(found.slice(0, most)),
      () => undefined, // the line above says what to do
    )
    return () => (left = true, undefined)
  }, [desk])
  const w = words.value.people
  if (skills.length === 0) return null
  return (
    <div class="instead" role="group" aria-label={w.tryInstead}>
      <span>{w.tryInstead}</span>
      <div class="chips">
        {skills.map((skill) => (
          <button type="button" class="chip" key={skill} onClick={() => onSkill(skill)}>
            {asRead(skill)}
          </button>
        ))}
      </div>
    </div>
  )
}
