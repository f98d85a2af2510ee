// The names of the pages.
export const pagesFR = {
  search: 'Chercher',
  decisions: 'Décisions',
  groups: 'Groupes',
  people: 'Annuaire',
  territories: 'Territoires',
  publish: 'Diffuser',
  meeting: 'AIC',
  balance: 'Bilan',
  rules: 'Règles',
  usages: 'Usages',
  members: 'Membres',
  devices: 'Appareils',
  audit: 'Audit',
  notifications: 'Notifications',
  me: 'Mes réglages',
  welcome: 'Bienvenue',
}
