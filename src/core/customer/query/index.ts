export { isAccount, isGuest, ofGuests } from './condition.ts'
export { emailLock, isCustomer, lockCustomer } from './lock.ts'
export { customerRow } from './selection.ts'
