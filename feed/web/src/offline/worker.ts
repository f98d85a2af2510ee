import { signal } from '@preact/signals'

// The worker that keeps the screens on this device, and what is newer than them.

const address = '/sw.js'
const hour = 3_600_000
const idle = 5 * 60_000

/** A newer version is here, and may take over. */
export const updateReady = signal(false)

let next: ServiceWorker | undefined
let wanted = false

type Policy = { createScriptURL: (url: string) => string }
type Policies = { createPolicy: (name: string, rules: Policy) => Policy }

/** Registers the worker; settled is asked before a version takes over unseen. */
export async function startWorker(settled: () => boolean): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register(trusted(), { updateViaCache: 'none' })
  watch(registration)
  const hadWorker = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (wanted) location.reload()
    // Another tab let the new version in: what this one has yet to load is gone.
    else if (hadWorker) updateReady.value = true
  })
  setInterval(() => void registration.update().catch(() => undefined), hour)
  takeOverUnseen(settled)
}

/** Lets the newer version in, and shows it. */
export function update(): void {
  wanted = true
  if (next?.state === 'installed') next.postMessage('take over')
  else location.reload()
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    const waiting = registration.waiting
    // Without a worker before it, it is not newer than anything.
    if (!waiting || !navigator.serviceWorker.controller) return
    next = waiting
    updateReady.value = true
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
}

/** A screen that nobody looks at and nobody types in may change by itself. */
function takeOverUnseen(settled: () => boolean): void {
  let touched = Date.now()
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => (touched = Date.now()), { passive: true, capture: true })
  setInterval(() => {
    if (updateReady.peek() && document.hidden && Date.now() - touched > idle && settled()) update()
  }, 60_000)
}

// The policy of the page lets only a script that was vouched for run.
function trusted(): string {
  const { trustedTypes } = window as { trustedTypes?: Policies }
  return trustedTypes?.createPolicy('fildefer-worker', { createScriptURL: () => address }).createScriptURL('') ?? address
}
