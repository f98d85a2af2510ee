import type { Mention } from '../api/talk'
import type { Words } from '../i18n/fr'

/** What came of each mention, for who wrote it; others need not know whom it missed. */
export function calledNotes(mentions: readonly Mention[] | undefined, own: boolean, w: Words): string[] {
  return (mentions ?? []).flatMap((m) => noteOf(m, own, w) ?? [])
}

function noteOf({ as, member, role, skill, told = 0, absent }: Mention, own: boolean, w: Words): string | undefined {
  const known = member ?? role ?? skill
  if (!known) return own ? w.talk.toldNobody(`@${as}`) : undefined
  if (told === 0) return undefined // whoever calls themselves
  if (member) return own ? w.talk.toldOne(as) : undefined
  return absent ? w.talk.toldAbsent(as, told) : w.talk.toldSome(as, told)
}
