import { useEffect, useRef } from 'preact/hooks'

const every = 10 * 60_000

/** The script that a page names: another name is another version. */
export const versionIn = (page: string): string | undefined => /assets\/index-[\w-]+\.js/.exec(page)?.[0]

/**
 * A display that nobody touches loads a new version of the screens by itself,
 * once one is served and nothing is burning.
 */
export function useRenewal(wanted: boolean, calm: boolean): void {
  const mayReload = useRef(calm)
  mayReload.current = calm
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => void look(() => mayReload.current), every)
    return () => clearInterval(timer)
  }, [wanted])
}

async function look(mayReload: () => boolean): Promise<void> {
  try {
    // Not the page itself: a service worker would answer with the one it keeps.
    const reply = await fetch(`/?at=${Date.now()}`, { cache: 'no-store' })
    const served = reply.ok ? versionIn(await reply.text()) : undefined
    if (!served || served === versionIn(document.head.innerHTML + document.body.innerHTML) || !mayReload()) return
    await (await navigator.serviceWorker?.getRegistration())?.update()
    location.reload()
  } catch {
    // No way to the server, or it is being replaced: the next look will tell.
  }
}
