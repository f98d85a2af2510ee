import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { onHeard } from '../scan/heard'
import { FollowKey } from '../follow/FollowKey'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { articlePath, go } from '../shell/route'
import { useSession } from '../shell/session'
import { Skeleton } from '../shell/Skeleton'
import { ArticleKeys } from './ArticleKeys'
import { useArticle } from './article'
import { Facts } from './Facts'
import { NoteForm } from './NoteForm'
import { placeOf } from './place'
import { useReport } from './send'
import { Thread } from './Thread'
import { threadsOf } from './threads'
import '../post/page.css'
import './article.css'

/** An article that was scanned: what the ERP says, what people say, and one key for each thing to say. */
export function ArticlePage({ sku }: { sku: string }) {
  const { me, feed } = useSession()
  const { article, reading } = useArticle(sku)
  const [writing, setWriting] = useState(false)
  const page = useFocus<HTMLElement>()
  const { send } = useReport()
  useEffect(() => onHeard((code) => go(articlePath(code))), [])
  const w = words.value
  const threads = threadsOf(sku, article?.threads ?? [], feed.posts.value)
  const place = placeOf(article?.aisle, me)
  const name = article ? asRead(article.label) : sku
  return (
    <main class="page article-page" ref={page} tabIndex={-1} aria-label={w.shop.article}>
      <PageTop>{article && reading !== 'unknown' && <FollowKey kind="sku" target={sku} name={name} />}</PageTop>
      <LastNews />
      {writing ? (
        <NoteForm about={name} onSend={(text, photos) => send({ kind: 'other-point', territory: place, text: [name, text].filter(Boolean).join(' : '), photos }, w.shop.other)} />
      ) : (
        <>
          <div class="page-body column">
            <header>
              <h2>{name}</h2>
              <p class="quiet">{[article && sku, article?.aisle_name].filter(Boolean).join(' · ')}</p>
            </header>
            {reading === 'unknown' && (
              <p class="says" role="status">
                <b>{w.shop.unknown}.</b> {w.shop.unknownSays}
              </p>
            )}
            {reading === 'away' && (
              <p class="says" role="status">
                {w.shop.factsAway}
              </p>
            )}
            {threads.map((post) => (
              <Thread key={post.id} post={post} />
            ))}
            {article && reading !== 'unknown' && <Facts article={article} old={reading === 'old'} />}
            {!article && reading === 'reading' && <Skeleton count={1} />}
          </div>
          <ArticleKeys sku={sku} place={place} thread={threads.find((post) => post.topic === 'stock')} onOther={() => setWriting(true)} />
        </>
      )}
    </main>
  )
}
