import type { ComponentType } from 'preact'
import { AisleScreen } from '../aisle/AisleScreen'
import { DirectScreen } from '../direct/DirectScreen'
import { LineScreen } from '../line/LineScreen'
import { lazy } from './lazy'
import type { PageName } from './route'

const WallScreen = lazy(async () => (await import('../wall/WallScreen')).WallScreen)

/** The pages that lie over a person's home. Each loads when it is first opened. */
export const pages: Record<Exclude<PageName, 'kit' | 'guest'>, ComponentType> = {
  report: lazy(async () => (await import('../report/ReportPage')).ReportPage),
  rules: lazy(async () => (await import('../rules/RulesPage')).RulesPage),
  handover: lazy(async () => (await import('../handover/HandoverPage')).HandoverPage),
  scan: lazy(async () => (await import('../scan/ScanPage')).ScanPage),
  code: lazy(async () => (await import('../scan/CodePage')).CodePage),
  round: lazy(async () => (await import('../round/RoundPage')).RoundPage),
  territories: lazy(async () => (await import('../territories/TerritoriesPage')).TerritoriesPage),
  devices: lazy(async () => (await import('../devices/DevicesPage')).DevicesPage),
  waiting: lazy(async () => (await import('../waiting/WaitingPage')).WaitingPage),
  people: lazy(async () => (await import('../people/PeoplePage')).PeoplePage),
  practices: lazy(async () => (await import('../cards/PracticesPage')).PracticesPage),
  search: lazy(async () => (await import('../search/SearchPage')).SearchPage),
  groups: lazy(async () => (await import('../groups/GroupsPage')).GroupsPage),
  publish: lazy(async () => (await import('../publish/PublishPage')).PublishPage),
  decisions: lazy(async () => (await import('../decisions/DecisionsPage')).DecisionsPage),
  notifications: lazy(async () => (await import('../notifications/NotificationsPage')).NotificationsPage),
  balance: lazy(async () => (await import('../balance/BalancePage')).BalancePage),
  meeting: lazy(async () => (await import('../meeting/MeetingPage')).MeetingPage),
  usages: lazy(async () => (await import('../usages/UsagesPage')).UsagesPage),
  members: lazy(async () => (await import('../members/MembersPage')).MembersPage),
  audit: lazy(async () => (await import('../audit/AuditPage')).AuditPage),
  me: lazy(async () => (await import('../me/MePage')).MePage),
  welcome: lazy(async () => (await import('../welcome/WelcomePage')).WelcomePage),
  wall: WallScreen,
}

/** Tells whose role does not open a page why, and where to look. */
export const ClosedPage = lazy(async () => (await import('./ClosedPage')).ClosedPage)

/** Every component in every state, to be looked at; not in what people are given. */
export const KitPage = import.meta.env.MODE === 'production' ? undefined : lazy(async () => (await import('../kit/KitPage')).KitPage)

/** One thread, for somebody from outside who has a link to it. */
export const GuestPage = lazy(async () => (await import('../talk/GuestPage')).GuestPage)

/** Asks who one is once more; nobody who changes no rights ever loads it. */
export const ProofDialog = lazy(async () => (await import('../proof/ProofDialog')).ProofDialog, null)

/** Takes in whoever comes with an invitation. */
export const Welcome = lazy(async () => (await import('../welcome/Welcome')).Welcome)

/** The first steps on a screen, for who asks for them. */
export const Guide = lazy(async () => (await import('../guide/Guide')).Guide, null)

/** A post with its conversation and all that may be done; it comes right behind the first picture. */
export const PostPage = lazy(async () => (await import('../post/PostPage')).PostPage)

export const ArticlePage = lazy(async () => (await import('../article/ArticlePage')).ArticlePage)

/** The homes of which a person has one. Those of most people come with the page: fetching one of them apart takes longer than all three weigh. */
export const homes = {
  line: LineScreen,
  aisle: AisleScreen,
  direct: DirectScreen,
  wall: WallScreen,
  office: lazy(async () => (await import('../office/OfficeScreen')).OfficeScreen),
}
