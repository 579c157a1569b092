import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import type { Scope } from '#core/context'
import { type Access, accessByRoute } from '../access.ts'
import { VERSION } from '../generated/version.ts'
import type { HandledRoute, Route } from '../route.ts'
import { describeDocumentFields } from './describe-document-fields.ts'
import { describeRoute } from './describe-route.ts'

const tagMeanings = {
  Customer: 'Accounts: register, read, list, change, disable and delete them.',
  Address: "A customer's addresses, one of them the default for shipping and one for billing.",
  Group: 'Groups of customers, for prices and offers, and their members.',
  Order: 'The ledger behind the counters: an order is recorded as often as it changes.',
  Merge: 'Merge two customers who are one person, and undo the merge.',
  Event: 'Events: the feed, the timeline of a customer, and dead letters.',
  Webhook: 'Endpoints that events are delivered to (Standard Webhooks 1.0).',
  Auth: 'Log in, stay logged in, log out.',
  Account: 'Verify an e-mail address, reset a password, and change both.',
  Passkey: "Add, use, name and remove a shopper's passkeys.",
  Identity: "List and remove a shopper's logins at other providers, such as Google or Apple.",
  Session: "A shopper's sessions, which staff can list and end.",
  Consent: "A customer's consents, with their history and the double opt-in by mail.",
  Privacy: 'Export or erase all data about a person.',
  OAuth: 'Access tokens of clients, and the keys that verify all tokens.',
  Health: 'For monitoring.',
  Documentation: 'This document. `/docs` shows it as a page to try requests on.',
}
const tags = Object.entries(tagMeanings).map(([name, description]) => ({ name, description }))

export const scopeMeanings: Readonly<Record<Scope, string>> = {
  'customer:read': 'Read customers, their addresses, groups, orders and events',
  'customer:write': 'Create, change, disable and delete customers and their addresses',
  'customer:erase': 'Export and erase all data about a person',
  'customer:register':
    'Register and log in. This scope is for a storefront, which runs in browsers',
  'group:write': 'Create groups and change their members',
  'order:write': 'Record orders',
  'merge:write': 'Merge customers, and undo merges',
  'session:create': 'Open a session for a customer after the shop has checked the login itself',
  'event:read': 'Read the event feed',
  'webhook:write': 'Set up webhooks and replay missed events',
}

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of a client (`POST /oauth/token`) or of a session (`POST /auth/login`).',
  },
  client: {
    type: 'oauth2',
    description: 'A client gets a token by its id and secret.',
    flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: scopeMeanings } },
  },
} as const

/** The OpenAPI 3.1 document, made from the routes and from the schemas that validate. */
export function openapiDocument(endpoints: readonly HandledRoute[]) {
  const registry = new OpenAPIRegistry()
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    registry.registerComponent('securitySchemes', name, scheme)
  }
  for (const { route } of endpoints) registry.registerPath(pageOf(route))
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Customer service',
      version: VERSION,
      description:
        'Customer accounts for commerce: accounts, login, addresses, groups, guests and their merge, order counters, events and webhooks. HEAD works wherever GET works. `Allow` lists the methods of a path. It is in the answer to OPTIONS and in the refusal 405 `method_not_allowed`.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags,
  })
  return describeDocumentFields(document)
}

function pageOf({ key, refusals = [], responses, ...written }: Route) {
  const rule: Access = accessByRoute[key]
  const hasBody = written.request?.body !== undefined
  const { decorate, responses: refused, ...described } = describeRoute(key, rule, hasBody, refusals)
  return {
    ...written,
    ...described,
    security: securityOf(rule),
    responses: { ...refused, ...decorate(responses) },
  }
}

/** Both ways to the same token; only services have scopes. */
function securityOf({ open, service }: Access) {
  if (open) return []
  const scopes = service ? [service] : []
  return [{ bearer: scopes }, ...(service === undefined ? [] : [{ client: scopes }])]
}
