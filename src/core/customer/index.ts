export * from './create.ts'
export { createRequestedAccountCall } from './create-requested-account-call.ts'
export * from './delete.ts'
export * from './disable-and-enable.ts'
export { Email, emailKey, emailLocalPart } from './email.ts'
export { emailAndNameKeys } from './email-and-name-keys.ts'
export { CustomerFilter } from './filter.ts'
export { withForwardRangesOnly } from './filter-range.ts'
export { filterTrustInRules } from './filter-trust-in-rules.ts'
export * from './find.ts'
export * from './find-or-create.ts'
export { setPlannerForCount, setStatementTimeout } from './generated/query.ts'
export {
  groupsRead,
  parseRule,
  parseStoredRule,
  selectsAll,
  untrustedFields,
} from './group-rule.ts'
export * from './input.ts'
export { type CustomersToJudge, type Judged, judgement } from './list/judgement.ts'
export {
  factsOfFirstMatches,
  firstMatchingIds,
  matchingCustomerCount,
  matchingIdsInRange,
} from './list/matching-customers.ts'
export { ListCustomers, listCustomers, SearchCustomers } from './list.ts'
export { MAX_METADATA_KEYS, Metadata, MetadataPatch } from './metadata.ts'
export { gatherMetadata, refuseUndeclaredMetadataKeys } from './metadata-filter.ts'
export { purgeNameWords } from './purge-name-words.ts'
export { refuseReservedMetadata } from './reserved-metadata.ts'
export { type RuleFacts, ruleReasonsOf, Why } from './rule-reasons.ts'
export { CustomerSort } from './sort.ts'
export * from './update.ts'
export { Customer, toCreatedCustomer } from './view.ts'
