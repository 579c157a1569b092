export { isAccount, isGuest, isVisible, ofGuests } from './condition.ts'
export { emailLock, isCustomer, lockCustomer, lockTogether } from './lock.ts'
export { forgetWords } from './purge-words.ts'
export { customerRow } from './selection.ts'
