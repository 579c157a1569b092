export { isAmong, lockCustomers, withKeys } from './member.ts'
export { refusePreviewed } from './rule.ts'
