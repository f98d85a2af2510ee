import type { Asked } from '../api/search'

/** Whether anything is asked for: two letters, or a filter that names some of the posts. */
export const asksFor = ({ q, kind, mine }: Asked): boolean => q.trim().length >= 2 || kind !== undefined || mine !== undefined
