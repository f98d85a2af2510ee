import type { Group } from '../api/group'

/** A group that the reader is in, or was invited to. */
export const isMine = (group: Group): boolean => group.mine !== 'none' && group.mine !== 'asked'
export const isIn = (group: Group): boolean => group.mine === 'member' || group.mine === 'keeper'

const rank = (group: Group): number => (group.mine === 'invited' ? 0 : group.archived ? 2 : 1)

/** Invitations first, then what moved last, what is archived at the end. */
export const byNews = (a: Group, b: Group): number => rank(a) - rank(b) || (b.latest ?? '').localeCompare(a.latest ?? '') || a.name.localeCompare(b.name)
