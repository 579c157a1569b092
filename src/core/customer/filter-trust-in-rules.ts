import type { Paging } from '#core/page'
import type { CustomerFilter } from './filter.ts'

type Named = keyof CustomerFilter | keyof typeof Paging.shape | 'sort' | 'count'

/** Whether a group's rule may use a filter. It depends on who can change the value, because groups are a privilege. */
type Trust =
  /** It names one customer, searches, or belongs to a page. */
  | 'never'
  /** Shoppers cannot change the value: the service does, the ledger, or a proof. */
  | 'always'
  /** Shoppers can change the value: only if the group allows that. */
  | 'shopper'
  /** It depends on the key. */
  | 'metadata'

export const filterTrustInRules = {
  id: 'never',
  externalId: 'never',
  email: 'never',
  orderId: 'never',
  q: 'never',
  phone: 'never',
  updatedAfter: 'never',
  updatedBefore: 'never',
  sort: 'never',
  count: 'never',
  limit: 'never',
  cursor: 'never',
  group: 'always',
  groupNot: 'always',
  groupMode: 'always',
  status: 'always',
  minOrders: 'always',
  maxOrders: 'always',
  hasOrders: 'always',
  minSpent: 'always',
  maxSpent: 'always',
  createdAfter: 'always',
  createdBefore: 'always',
  lastOrderAfter: 'always',
  lastOrderBefore: 'always',
  emailVerified: 'always',
  emailDomain: 'always',
  metadata: 'metadata',
  country: 'shopper',
  city: 'shopper',
  street: 'shopper',
  postalCode: 'shopper',
  company: 'shopper',
  locale: 'shopper',
  consent: 'shopper',
} as const satisfies Record<Named, Trust>
