import { Bug } from '#kernel/error'
import type { NounName, RouteKey } from './access.ts'
import type { HandledRoute, NounRoutes } from './route.ts'

/**
 * The file of each noun, in the order of the document. Each is loaded with the first request for it: with all of them loaded at
 * start-up, a new isolate spends 187 ms instead of 151 ms before its first answer (docs/architecture.md).
 */
const files: Readonly<Record<NounName, () => Promise<NounRoutes>>> = {
  health: async () => (await import('./health.ts')).healthRoutes,
  oauth: async () => (await import('./oauth-token.ts')).oauthRoutes,
  authorize: async () => (await import('./oauth-authorize.ts')).authorizeRoutes,
  callback: async () => (await import('./callback.ts')).callbackRoutes,
  'well-known': async () => (await import('./well-known.ts')).wellKnownRoutes,
  'customer-list': async () => (await import('./customer-list.ts')).customerListRoutes,
  auth: async () => (await import('./auth.ts')).authRoutes,
  'login-code': async () => (await import('./login-code.ts')).loginCodeRoutes,
  passkey: async () => (await import('./passkey.ts')).passkeyRoutes,
  identity: async () => (await import('./linked-identity.ts')).linkedIdentityRoutes,
  account: async () => (await import('./account.ts')).accountRoutes,
  'account-mail': async () => (await import('./staff-sent-mail.ts')).staffSentMailRoutes,
  guest: async () => (await import('./guest.ts')).guestRoutes,
  customer: async () => (await import('./customer.ts')).customerRoutes,
  session: async () => (await import('./customer-session.ts')).sessionRoutes,
  address: async () => (await import('./address.ts')).addressRoutes,
  event: async () => (await import('./event.ts')).eventRoutes,
  webhook: async () => (await import('./webhook.ts')).webhookRoutes,
  delivery: async () => (await import('./delivery.ts')).deliveryRoutes,
  'dead-letter': async () => (await import('./dead-letter.ts')).deadLetterRoutes,
  group: async () => (await import('./group.ts')).groupRoutes,
  'group-preview': async () => (await import('./group-preview.ts')).groupPreviewRoutes,
  membership: async () => (await import('./membership.ts')).membershipRoutes,
  order: async () => (await import('./order.ts')).orderRoutes,
  merge: async () => (await import('./merge.ts')).mergeRoutes,
  consent: async () => (await import('./consent.ts')).consentRoutes,
  privacy: async () => (await import('./privacy.ts')).privacyRoutes,
  home: async () => (await import('./home.ts')).homeRoutes,
  openapi: async () => (await import('./openapi.ts')).openapiRoutes,
}

/** The endpoint of a route. */
export async function loadRoute(noun: NounName, key: RouteKey): Promise<HandledRoute> {
  const { endpoints } = await files[noun]()
  const endpoint = endpoints.find(({ route }) => route.key === key)
  if (endpoint === undefined) throw new Bug(`${key} is not of ${noun}`)
  return endpoint
}

/** All endpoints. */
export async function loadAllRoutes(): Promise<readonly HandledRoute[]> {
  const all = await Promise.all(Object.values(files).map((load) => load()))
  return all.flatMap(({ endpoints }) => endpoints)
}
