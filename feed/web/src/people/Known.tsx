import type { ComponentChildren } from 'preact'
import type { Skill } from '../api/people'
import { words } from '../i18n/lang'
import { skillText } from './say'

/** A skill with what is known of it. */
export function Known({ skill, children }: { skill: Skill; children?: ComponentChildren }) {
  return (
    <li class={`skill ${skill.state}`}>
      <p>
        <b>{skill.name}</b> <span>{skillText(skill, words.value)}</span>
      </p>
      {children}
    </li>
  )
}
