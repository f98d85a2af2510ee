import { useMemo } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Fitting } from '../api/practice'
import { read } from '../api/request'
import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'

const every = 5 * 60_000
const most = 100

/** Which good practice fits which of the posts: one question for all, asked again when there are others. */
export function useFitting(posts: readonly Post[]): ReadonlyMap<string, Fitting> {
  const { client } = useSession()
  const ids = asking(posts)
  const list = usePoll(() => fitting(client, ids), every, ids.join())
  return useMemo(() => new Map(list?.map((one) => [one.post, one])), [list])
}

/** The posts about which one asks: what is open, without what says how it is here. */
export const asking = (posts: readonly Post[]): string[] =>
  posts
    .filter((post) => isOpen(post.state) && post.topic !== 'life' && post.topic !== 'idea')
    .map(({ id }) => id)
    .sort()
    .slice(-most)

const fitting = async (client: Client, ids: string[]): Promise<Fitting[]> =>
  ids.length === 0 ? [] : (await read<{ fitting: Fitting[] }>(client.url('/practices/fitting', { posts: ids.join() }))).body.fitting
