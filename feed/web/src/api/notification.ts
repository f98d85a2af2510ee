export type Why =
  | 'mentioned'
  | 'asked'
  | 'critical'
  | 'decide'
  | 'decided'
  | 'read'
  | 'help'
  | 'answered'
  | 'followed'
  | 'recommended'
  | 'flat'
  | 'invited'
  | 'moderated'
  | 'report'

/** One thing that a person is told. It leads to a post, or to a page. */
export type Notification = {
  id: string
  why: Why
  text: string
  post?: string
  page?: string
  /** Where its post stands. */
  place_name?: string
  urgent: boolean
  unread: boolean
  at: string
}

export type NotificationPage = { notifications: Notification[]; unread: number; next?: string }
