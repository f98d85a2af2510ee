import type { Kind, Post } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { Item } from '../post/Item'
import { Key } from '../post/Key'
import { LastWord } from '../post/LastWord'
import { Measure } from '../post/Measure'
import { PastLine } from '../post/PastLine'
import { RunBar } from '../run/RunBar'
import { Pane } from './Pane'
import { livesOf } from './samples'

/** A post of one kind in every state of its life. */
export function Posts({ kind, density }: { kind: Kind; density: 'hand' | 'glove' }) {
  return (
    <Pane title={words.value.kind[kind]} density={density}>
      {() =>
        livesOf(kind).map(([name, post]) => (
          <div key={name} class="kit-life line">
            <p>{name}</p>
            <Sheet post={post} />
          </div>
        ))
      }
    </Pane>
  )
}

function Sheet({ post }: { post: Post }) {
  return (
    <Item post={post} places={[post.asset_name]} beside={<Key post={post} />}>
      {post.run ? <RunBar run={post.run} open={isOpen(post.state)} /> : isOpen(post.state) && <Measure post={post} />}
      <PastLine post={post} />
      <LastWord post={post} />
    </Item>
  )
}
