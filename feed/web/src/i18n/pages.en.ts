import type { pagesFR } from './pages.fr'

export const pagesEN: typeof pagesFR = {
  search: 'Search',
  decisions: 'Decisions',
  practices: 'Good practices',
  groups: 'Groups',
  people: 'Directory',
  territories: 'Territories',
  publish: 'Publish',
  meeting: 'Short meeting',
  balance: 'Report',
  rules: 'Rules',
  usages: 'Usages',
  members: 'Members',
  devices: 'Devices',
  audit: 'Audit',
  notifications: 'Notifications',
  me: 'My settings',
  welcome: 'Welcome',
}
