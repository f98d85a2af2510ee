import type { Colleague } from './people'
import { read } from './request'
import type { Client } from './client'
import type { Comment, Post } from './types'

/** The part of a text that answers, and the stretches of it that do: start and length. */
export type Snippet = { text: string; marks: [number, number][] }

/** A post that was found, or a comment on it. */
export type Result = { post: Post; comment?: Comment; title?: Snippet; snippet?: Snippet }

export type Results = { results: Result[]; people: Colleague[]; next?: string; bounded: boolean }

/** What is asked for. */
export type Asked = { q: string; kind?: string; territory?: string; mine?: 'true'; from?: string; order?: 'ranked'; cursor?: string }

/** Finds posts, comments and people by their words. */
export const search = async (client: Client, asked: Asked): Promise<Results> => (await read<Results>(client.url('/search', asked))).body
