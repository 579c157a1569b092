import { accountRoutes } from './account.ts'
import { addressRoutes } from './address.ts'
import { authRoutes } from './auth.ts'
import { customerRoutes } from './customer.ts'
import { customerListRoutes } from './customer-list.ts'
import { deadLetterRoutes } from './dead-letter.ts'
import { deliveryRoutes } from './delivery.ts'
import { eventRoutes } from './event.ts'
import { groupRoutes } from './group.ts'
import { guestRoutes } from './guest.ts'
import { healthRoutes } from './health.ts'
import { membershipRoutes } from './membership.ts'
import { mergeRoutes } from './merge.ts'
import { oauthRoutes } from './oauth.ts'
import { openapiRoutes } from './openapi.ts'
import { orderRoutes } from './order.ts'
import type { Endpoint } from './route.ts'
import { sessionRoutes } from './session.ts'
import { webhookRoutes } from './webhook.ts'
import { wellKnownRoutes } from './well-known.ts'

/** Everything that answers, noun by noun, as the document lists it. */
export const endpoints: readonly Endpoint[] = [
  healthRoutes,
  oauthRoutes,
  wellKnownRoutes,
  customerListRoutes,
  authRoutes,
  accountRoutes,
  guestRoutes,
  customerRoutes,
  sessionRoutes,
  addressRoutes,
  eventRoutes,
  webhookRoutes,
  deliveryRoutes,
  deadLetterRoutes,
  groupRoutes,
  membershipRoutes,
  orderRoutes,
  mergeRoutes,
  openapiRoutes(() => endpoints),
].flatMap(({ endpoints }) => endpoints)
