export { areAddressesStamped } from './address-book.ts'
export { assignDefaults } from './assign-defaults.ts'
