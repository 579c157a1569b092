import type { Access } from './access.ts'

/** The access of routes that a link in a mail or a passkey leads to, or that ask for another link. */
const byMail = {
  service: 'customer:write',
  storefront: true,
  shopper: true,
} as const satisfies Access

/** The limits of routes that send a mail, hash a new password, or check a password. */
const asks = ['place'] as const
const hashes = ['place', 'hashes'] as const
const checks = ['place', 'tries', 'hashes'] as const
/** What anybody may ask without a token. */
const byRefreshToken = { open: true, limited: ['session'] } as const satisfies Access
const byClient = ['client', 'secrets'] as const

/**
 * All routes, under the noun whose file answers them. Authorisation, the OpenAPI document and the test of all routes come from this
 * table.
 */
export const routeTable = {
  health: { 'GET /healthz': { open: true }, 'GET /readyz': { open: true } },
  oauth: {
    'POST /oauth/token': { open: true, oauth: true, limited: byClient },
    'POST /oauth/revoke': { open: true, oauth: true, limited: [...byClient, 'made'] },
  },
  authorize: {
    'GET /oauth/authorize': { open: true, page: true },
    'POST /oauth/authorize': { open: true, page: true, limited: [...checks, 'codes'] },
  },
  callback: {
    'GET /oauth/callback': { open: true, page: true, limited: asks },
    'GET /oauth/callback/{provider}': { open: true, page: true, limited: asks },
    'POST /oauth/callback/{provider}': { open: true, page: true },
  },
  'well-known': {
    'GET /.well-known/jwks.json': { open: true },
    'GET /.well-known/oauth-authorization-server': { open: true },
    'GET /.well-known/openid-configuration': { open: true },
    'GET /.well-known/oauth-protected-resource': { open: true },
  },
  'customer-list': {
    'GET /customer': { service: 'customer:read' },
    'POST /customer/search': { service: 'customer:read' },
  },
  auth: {
    'POST /auth/login': {
      service: 'customer:write',
      storefront: true,
      limited: ['place', 'tries', 'device', 'hashes'],
    },
    'POST /auth/refresh': byRefreshToken,
    'POST /auth/logout': byRefreshToken,
    'GET /auth/me': { shopper: true, conditional: true },
    'GET /auth/session': { shopper: true },
    'DELETE /auth/session': { shopper: true, conditional: 'untagged' },
    'DELETE /auth/session/{sessionId}': { shopper: true, conditional: 'untagged' },
  },
  'login-code': {
    'POST /auth/code': { ...byMail, limited: asks },
    'POST /auth/code/verify': {
      service: 'customer:write',
      storefront: true,
      limited: ['place', 'codes'],
    },
  },
  passkey: {
    'POST /auth/passkey/register/options': { shopper: true },
    'POST /auth/passkey/register/verify': { shopper: true },
    'POST /auth/passkey/login/options': { ...byMail, limited: asks },
    'POST /auth/passkey/login/verify': { ...byMail, limited: ['place', 'tries'] },
    'GET /auth/passkey': { shopper: true },
    'PATCH /auth/passkey/{id}': { shopper: true, conditional: 'untagged' },
    'DELETE /auth/passkey/{id}': { shopper: true, conditional: 'untagged' },
  },
  identity: {
    'GET /auth/identity': { shopper: true },
    'DELETE /auth/identity/{id}': { shopper: true, conditional: 'untagged' },
  },
  account: {
    'POST /auth/verify-email': { ...byMail, limited: checks },
    'POST /auth/verify-email/resend': { ...byMail, limited: hashes },
    'POST /auth/password/forgot': { ...byMail, limited: asks },
    'POST /auth/password/reset': { ...byMail, limited: hashes },
    'POST /auth/password/change': { shopper: true, limited: checks },
    'POST /auth/reauthenticate': { shopper: true, limited: checks },
    'POST /auth/email/change': { shopper: true, limited: checks },
    'POST /auth/email/confirm': { ...byMail, limited: checks },
    'POST /auth/email/undo': { ...byMail, limited: asks },
  },
  'account-mail': {
    'POST /customer/{id}/invite': { service: 'customer:write', keyed: true },
    'POST /customer/{id}/password-reset': { service: 'customer:write', keyed: true },
    'POST /customer/{id}/verify-email/resend': { service: 'customer:write', keyed: true },
  },
  guest: {
    'POST /customer/guest': {
      service: 'customer:write',
      storefront: true,
      keyed: true,
      limited: ['place', 'made'],
    },
  },
  customer: {
    'POST /customer': { service: 'customer:write', storefront: true, keyed: true, limited: hashes },
    'POST /customer/find-or-create': { service: 'customer:write', keyed: true, limited: hashes },
    'GET /customer/{id}': { service: 'customer:read', shopper: true, conditional: true },
    'PATCH /customer/{id}': { service: 'customer:write', shopper: true, conditional: true },
    'DELETE /customer/{id}': {
      service: 'customer:write',
      shopper: true,
      conditional: true,
      limited: checks,
    },
    'POST /customer/{id}/disable': { service: 'customer:write', keyed: true, conditional: true },
    'POST /customer/{id}/enable': { service: 'customer:write', keyed: true, conditional: true },
  },
  session: {
    'GET /customer/{id}/session': { service: 'customer:read' },
    'POST /customer/{id}/session': { service: 'session:create' },
    'DELETE /customer/{id}/session': { service: 'customer:write', conditional: 'untagged' },
    'DELETE /customer/{id}/session/{sessionId}': {
      service: 'customer:write',
      conditional: 'untagged',
    },
  },
  address: {
    'GET /customer/{id}/address': { service: 'customer:read', shopper: true },
    'POST /customer/{id}/address': {
      service: 'customer:write',
      shopper: true,
      keyed: true,
      conditional: true,
    },
    'GET /customer/{id}/address/{addressId}': {
      service: 'customer:read',
      shopper: true,
      conditional: true,
    },
    'PATCH /customer/{id}/address/{addressId}': {
      service: 'customer:write',
      shopper: true,
      conditional: true,
    },
    'DELETE /customer/{id}/address/{addressId}': {
      service: 'customer:write',
      shopper: true,
      conditional: true,
    },
  },
  event: {
    'GET /event': { service: 'event:read' },
    'GET /customer/{id}/event': { service: 'event:read' },
    'POST /event/{id}/replay': { service: 'webhook:write', keyed: true },
  },
  webhook: {
    'GET /webhook': { service: 'event:read' },
    'POST /webhook': { service: 'webhook:write', keyed: true },
    'GET /webhook/{id}': { service: 'event:read', conditional: true },
    'PATCH /webhook/{id}': { service: 'webhook:write', conditional: true },
    'DELETE /webhook/{id}': { service: 'webhook:write', conditional: true },
    'POST /webhook/{id}/rotate-secret': {
      service: 'webhook:write',
      keyed: true,
      conditional: true,
    },
    'POST /webhook/{id}/test': { service: 'webhook:write' },
    'POST /webhook/{id}/replay': { service: 'webhook:write', keyed: true },
  },
  delivery: {
    'GET /webhook/{id}/delivery': { service: 'event:read' },
    'POST /delivery/{id}/retry': { service: 'webhook:write', keyed: true },
  },
  'dead-letter': {
    'GET /dead-letter': { service: 'event:read' },
    'POST /dead-letter/{id}/replay': { service: 'webhook:write', keyed: true },
  },
  group: {
    'GET /group': { service: 'customer:read' },
    'POST /group': { service: 'group:write', keyed: true },
    'GET /group/{key}': { service: 'customer:read', conditional: true },
    'PATCH /group/{key}': { service: 'group:write', conditional: true },
    'DELETE /group/{key}': { service: 'group:write', conditional: true },
    'GET /group/{key}/member': { service: 'customer:read' },
    'POST /group/{key}/member': { service: 'group:write', keyed: true },
  },
  'group-preview': { 'POST /group-preview': { service: 'customer:read' } },
  membership: {
    'GET /customer/{id}/group': { service: 'customer:read', shopper: true },
    'POST /customer/{id}/group': { service: 'group:write', keyed: true, conditional: true },
    'DELETE /customer/{id}/group/{group}': { service: 'group:write', conditional: true },
  },
  order: {
    'PUT /customer/{id}/order/{orderId}': { service: 'order:write', conditional: true },
    'GET /order/{orderId}': { service: 'customer:read', conditional: true },
    'GET /customer/{id}/order': { service: 'customer:read', shopper: true },
    'GET /customer/{id}/stats': { service: 'customer:read', shopper: true, conditional: true },
    'GET /drift': { service: 'customer:read' },
  },
  merge: {
    'POST /customer/{id}/merge/preview': { service: 'merge:write' },
    'POST /customer/{id}/merge': { service: 'merge:write', keyed: true, conditional: true },
    'GET /merge': { service: 'customer:read' },
    'GET /merge/{id}': { service: 'customer:read', conditional: true },
    'POST /merge/{id}/undo': { service: 'merge:write', keyed: true, conditional: true },
  },
  consent: {
    'GET /customer/{id}/consent': { service: 'customer:read', shopper: true },
    'GET /customer/{id}/consent/{purpose}': {
      service: 'customer:read',
      shopper: true,
      conditional: true,
    },
    'PUT /customer/{id}/consent/{purpose}': {
      service: 'customer:write',
      shopper: true,
      conditional: true,
      limited: asks,
    },
    'POST /consent/confirm': { ...byMail, limited: asks },
  },
  privacy: {
    'GET /customer/{id}/export': { service: 'customer:erase', shopper: true, reasoned: true },
    'POST /customer/{id}/erase': {
      service: 'customer:erase',
      shopper: true,
      keyed: true,
      conditional: true,
      limited: checks,
    },
    'GET /customer/{id}/erasure': { service: 'customer:erase', conditional: true },
    'GET /erasure': { service: 'customer:erase' },
    'GET /retention': { service: 'customer:read' },
  },
  home: { 'GET /': { open: true } },
  openapi: { 'GET /openapi.json': { open: true } },
} as const satisfies Readonly<Record<string, Readonly<Record<`${string} /${string}`, Access>>>>
