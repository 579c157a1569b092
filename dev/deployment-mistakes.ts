import { parse } from 'smol-toml'
import { z } from 'zod'
import { edgeLimit } from '../src/http/generated/edge-limit.ts'
import { queueRole, queueRoles } from '../src/queue/role.ts'
import { EdgeLimits, edgeLimitFile } from './edge-limit.ts'

const Route = z.union([
  z.string().transform((pattern) => ({ pattern, zone_name: undefined, previews_enabled: false })),
  z.object({
    pattern: z.string(),
    zone_name: z.string().optional(),
    previews_enabled: z.boolean().default(false),
  }),
])

const Queue = z.object({ queue: z.string(), binding: z.string().optional() })

const Target = z.object({
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  route: Route.optional(),
  routes: z.array(Route).optional(),
  vars: z.object({ hosts: z.array(z.string()).default([]) }).optional(),
  compatibility_flags: z.array(z.string()).optional(),
  ratelimits: EdgeLimits,
  queues: z
    .object({
      producers: z.array(Queue).default([]),
      consumers: z.array(Queue).default([]),
    })
    .optional(),
  observability: z
    .object({ logs: z.object({ invocation_logs: z.boolean().optional() }).optional() })
    .optional(),
})
const Configuration = Target.extend({
  env: z.record(z.string(), Target.partial({ ratelimits: true })).default({}),
})

type Target = z.output<typeof Target>

/**
 * What a configuration of wrangler lacks that the service relies on. The platform's own log lines hold whole URLs, which have searches in
 * them, and are on unless they are switched off. Without the flag, a request to another host of the zone passes by its firewall. No
 * webhook may lead to the service itself, so each of its hosts is known: it has none of the platform's, and those of its routes are named.
 * Answers tell the number of the limit at the edge.
 */
export const deploymentMistakes = (text: string, chosen?: string): string[] =>
  targetsOf(text, chosen).flatMap(({ label, target }) =>
    mistakesOf(target).map((mistake) => `${label}${mistake}`),
  )

/**
 * Checks before an upload that the chosen environment (or each) has a route of its own. Without one it has no address, and an
 * environment would take the routes of the top away from it.
 * @param chosen the environment that is uploaded, '' for the top; without it, each of them may be.
 */
export const missingRouteMistakes = (text: string, chosen?: string): string[] =>
  targetsOf(text, chosen)
    .filter(({ own }) => routesOf(own).length === 0)
    .map(({ label }) => `${label}routes must name where the service is reached (docs/deploy.md)`)

/** The top and the environments, each with what it names itself (`own`) and with what it has. */
function targetsOf(text: string, chosen?: string) {
  const { env, ...top } = Configuration.parse(parse(text))
  // An environment has the settings of the top that it does not name itself, but for its variables.
  const targets = Object.entries(env).map(([name, own]) => {
    const { ratelimits = top.ratelimits } = own
    const target: Target = { ...top, vars: undefined, ...own, ratelimits }
    return { name, label: `env.${name}: `, own, target }
  })
  return [{ name: '', label: '', own: top, target: top }, ...targets].filter(
    ({ name }) => chosen === undefined || name === chosen,
  )
}

function mistakesOf(target: Target): string[] {
  const named = target.vars?.hosts ?? []
  const routes = routesOf(target)
  return [
    ...mistakesOfQueues(target),
    ...(target.observability?.logs?.invocation_logs === false
      ? []
      : ['observability.logs.invocation_logs must be false']),
    ...(target.compatibility_flags?.includes('global_fetch_strictly_public')
      ? []
      : ['compatibility_flags must have global_fetch_strictly_public']),
    ...(isAsTold(target.ratelimits[0].simple)
      ? []
      : [`ratelimits must be as ${edgeLimitFile} tells it: run npm run generate`]),
    ...(target.workers_dev === false ? [] : ['workers_dev must be false']),
    ...(target.preview_urls === false ? [] : ['preview_urls must be false']),
    ...(routes.some((route) => route.previews_enabled)
      ? ['routes must not have previews_enabled']
      : []),
    ...routes
      .flatMap(hostsOf)
      .filter((host) => !named.includes(host))
      .map((host) => `vars.hosts must have ${host}, where a route answers`),
  ]
}

/** A message is handled by the name of its queue, which may have the name of an environment behind it. */
function mistakesOfQueues({ queues }: Target): string[] {
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

const isAsTold = ({ limit, period }: { limit: number; period: number }): boolean =>
  limit === edgeLimit.most && period === edgeLimit.seconds

const routesOf = ({ route, routes = [] }: Pick<Target, 'route' | 'routes'>) => [
  ...(route === undefined ? [] : [route]),
  ...routes,
]

/** The hosts of a route, as `hosts` has them. A star without a point stands for the domain itself too. */
function hostsOf({ pattern, zone_name = 'the domain of its zone' }: z.output<typeof Route>) {
  const host = pattern.replace(/^https?:\/\//, '').replace(/[/:].*$/, '')
  const name = host.replace(/^\*\.?/, '') || zone_name
  return host.startsWith('*') && !host.startsWith('*.') ? [name, `*.${name}`] : [host]
}
