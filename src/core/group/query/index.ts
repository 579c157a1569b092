export { isAmong, lockCustomersWhere, withGroupKeys } from './member.ts'
export { refusePreviewed } from './rule.ts'
