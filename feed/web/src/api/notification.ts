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
  | 'unled'
  | 'arrived'
  | 'invited'
  | 'moderated'
  | 'report'
  | 'confirm'
  | 'trial'

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

export type Concern = 'asked' | 'mention' | 'decide' | 'read' | 'help' | 'answers' | 'followed' | 'reports'
export type Pace = 'now' | 'digest' | 'never'

/** How one is told beside the screens, which always tell. */
export type NoticeRules = {
  /** Where one is written to. */
  email?: string
  mail: Record<string, Pace>
  urgent: boolean
  weekly: boolean
}

/** What became of a notification that was sent to see whether it comes. */
export type TrialResult = { channel: 'app' | 'mail'; to?: string; at: string; answer?: string; fault?: string; detail?: string }
