import type { Rule } from '../api/rule'

const days = 7 // that the figures of a rule cover

/** How many posts a rule was meant to open at most, when it opened more; what ghosts would have been counts too. */
export function expectedBelow(rule: Pick<Rule, 'posts' | 'ghosts' | 'expected'>): number | undefined {
  const most = (rule.expected ?? 0) * days
  return most > 0 && rule.posts + rule.ghosts > most ? most : undefined
}
