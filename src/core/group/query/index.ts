export { isAmong, lockCustomers, withKeys } from './member.ts'
