export {
  groupKeysAfterAdding,
  isAmongCustomerIds,
  lockCustomersWhere,
} from './add-or-end-memberships.ts'
export { refuseInvalidPreviewedRule } from './rule-statement-parts.ts'
