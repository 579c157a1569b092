export { guestIndexCondition, isAccount, isGuest, isNeitherErasedNorDeleted } from './condition.ts'
export { emailLockExpression, isThisCustomer, lockCustomer, lockCustomersByIds } from './lock.ts'
export { forgetNameWords } from './purge-name-words.ts'
export { customerRow } from './selection.ts'
