import { queueRole, queueRoles } from '../../src/queue/role.ts'
import type { Target } from './target.ts'

/** What the Worker cannot work without, by its place in the configuration. */
const needed: Readonly<Record<string, (target: Target) => true | string>> = {
  'vars.customer': ({ vars }) => vars?.customer !== undefined || 'it may be empty',
  'vars.tenants': ({ vars }) => vars?.tenants !== undefined || ADD_ONE,
  queues: ({ queues }) => queues !== undefined || 'it needs producers and consumers',
  send_email: ({ send_email: all }) => hasName(all, 'MAIL') || 'one must have name = "MAIL"',
  ratelimits: ({ ratelimits: all }) =>
    hasName(all, 'RATE_LIMIT') || 'one must have name = "RATE_LIMIT"',
  assets: ({ assets }) => assets?.binding === 'ASSETS' || 'it must have binding = "ASSETS"',
  'triggers.crons': ({ triggers }) =>
    triggers?.crons?.includes(EACH_MINUTE) || `it must have "${EACH_MINUTE}"`,
}

const ADD_ONE = 'add [vars.tenants.<key>] with shopName, shopUrl and currency (docs/deploy.md)'
const EACH_MINUTE = '* * * * *'

const hasName = (all: readonly { readonly name: string }[] | undefined, name: string): boolean =>
  all?.some((one) => one.name === name) ?? false

/** The bindings that are missing, a sentence each. */
export const missingBindings = (target: Target): string[] =>
  Object.entries(needed).flatMap(([name, look]) => {
    const found = look(target)
    return found === true ? [] : [`${name} is missing: ${found}`]
  })

/** A message is handled by the name of its queue, which may have the name of an environment behind it. */
export function mistakesOfQueues({ queues }: Target): string[] {
  if (queues === undefined) return []
  const { producers, consumers } = queues
  const roleOf = (binding: string) =>
    queueRole(producers.find((one) => one.binding === binding)?.queue ?? '')
  const consumed = consumers.map(({ queue }) => queueRole(queue))
  return [
    ...(roleOf('QUEUE') === 'customer' && roleOf('DELIVERY_QUEUE') === 'customer-delivery'
      ? []
      : ['queues.producers must bind QUEUE to customer and DELIVERY_QUEUE to customer-delivery']),
    ...queueRoles
      .filter((role) => !consumed.includes(role))
      .map((role) => `queues.consumers must have ${role}`),
    ...consumers
      .filter(({ queue }) => queueRole(queue) === undefined)
      .map(({ queue }) => `queues.consumers must not have ${queue}: nothing handles it`),
  ]
}
