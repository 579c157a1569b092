export { areAddressesInNextVersion } from './address-statement-parts.ts'
export { assignDefaults } from './assign-defaults.ts'
