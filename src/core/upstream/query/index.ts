export { endLinkedIdentities, hasLinkedIdentities } from './identities-of-customer.ts'
