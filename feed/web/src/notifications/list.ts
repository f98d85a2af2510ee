import { useEffect, useRef, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import type { Notification, NotificationPage } from '../api/notification'
import { lang } from '../i18n/lang'

/** What one is told, as it is now, and what one may do with it. */
export type List = {
  value?: NotificationPage
  failed: boolean
  again: () => void
  more: () => Promise<void>
  read: (n: Notification) => Promise<void>
  readAll: () => Promise<void>
}

/** Follows the list; told changes when it has to be read again. */
export function useList(client: Client, told: number): List {
  const [value, setValue] = useState<NotificationPage>()
  const [failed, setFailed] = useState(false)
  const [round, setRound] = useState(0)
  const further = useRef(false)
  useEffect(() => {
    let left = false
    client.notifications().then(
      (page) => {
        if (left) return
        setFailed(false)
        // Who went on to older ones keeps them.
        setValue((before) => (further.current && before ? renew(before, page) : page))
      },
      () => !left && setFailed(true),
    )
    return () => void (left = true)
  }, [client, told, round, lang.value])

  const mark = (which: (n: Notification) => boolean): void =>
    setValue((page) => page && { ...page, unread: page.unread - page.notifications.filter((n) => n.unread && which(n)).length, notifications: page.notifications.map((n) => (which(n) ? { ...n, unread: false } : n)) })
  return {
    ...(value && { value }),
    failed,
    again: () => setRound(round + 1),
    more: async () => {
      if (!value?.next) return
      const page = await client.notifications(value.next).catch(() => undefined)
      if (!page) return setFailed(true)
      further.current = true
      setValue({ ...page, notifications: joined(value.notifications, page.notifications) })
    },
    read: async (n) => {
      if (!n.unread) return
      mark((other) => other.id === n.id)
      await client.readNotification(n.id).catch(() => undefined)
    },
    readAll: async () => {
      mark(() => true)
      await client.readNotifications().catch(() => setRound(round + 1))
    },
  }
}

/** The first page as it is now, with what was read below it before. */
export function renew(before: NotificationPage, first: NotificationPage): NotificationPage {
  const oldest = first.notifications.at(-1)?.at ?? ''
  const older = before.notifications.filter((n) => n.at < oldest)
  return { ...first, notifications: joined(first.notifications, older), ...(older.length > 0 && before.next ? { next: before.next } : {}) }
}

/** Both lists, each notification once. */
const joined = (a: readonly Notification[], b: readonly Notification[]): Notification[] => {
  const known = new Set(a.map((n) => n.id))
  return [...a, ...b.filter((n) => !known.has(n.id))]
}
