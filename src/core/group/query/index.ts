export { groupKeysAfterAdding, isAmong, lockCustomersWhere } from './add-or-end-memberships.ts'
export { refuseInvalidPreviewedRule } from './rule.ts'
