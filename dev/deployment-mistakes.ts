import { parse } from 'smol-toml'
import { explainFaults } from '../src/config/explain.ts'
import { edgeLimit } from '../src/http/generated/edge-limit.ts'
import { missingBindings, mistakesOfQueues } from './deployment/binding-and-queue-mistakes.ts'
import { mistakesOfRoutes, routesOf } from './deployment/route.ts'
import { type Target, targetsOf, WranglerConfiguration } from './deployment/target.ts'

/**
 * What a configuration of wrangler lacks that the service relies on. The platform's own log lines hold whole URLs, which have searches in
 * them, and are on unless they are switched off. Without the flag, a request to another host of the zone passes by its firewall. No
 * webhook may lead to the service itself, so each of its hosts is known: it has none of the platform's, and those of its routes are named.
 * Answers tell the number of the limit at the edge.
 */
export const deploymentMistakes = (text: string, chosen?: string): string[] =>
  mistakesIn(text, chosen, ({ at, label, target }) => [
    ...missingBindings(target).map((mistake) => `${at}${mistake}`),
    ...mistakesOf(target).map((mistake) => `${label}${mistake}`),
    ...(isAsTold(target) ? [] : [`${label}ratelimits ${at === '' ? NOT_TOLD : NOT_ALIKE}`]),
  ])

/**
 * Checks before an upload that the chosen environment (or each) has a route of its own. Without one it has no address, and an
 * environment would take the routes of the top away from it.
 * @param chosen the environment that is uploaded, '' for the top; without it, each of them may be.
 */
export const missingRouteMistakes = (text: string, chosen?: string): string[] =>
  mistakesIn(text, chosen, ({ label, own }) =>
    routesOf(own).length === 0
      ? [`${label}routes must have the domain of the service (docs/deploy.md)`]
      : [],
  )

/** What the Worker cannot start without on a developer's machine either. */
export const mistakesPreventingStart = (text: string): string[] =>
  mistakesIn(text, '', ({ target }) => [...missingBindings(target), ...mistakesOfQueues(target)])

function mistakesIn(
  text: string,
  chosen: string | undefined,
  judge: (one: ReturnType<typeof targetsOf>[number]) => string[],
): string[] {
  const given = parse(text)
  const read = WranglerConfiguration.safeParse(given)
  return read.success
    ? targetsOf(read.data, chosen).flatMap(judge)
    : explainFaults(WranglerConfiguration, given, read.error)
}

const mistakesOf = (target: Target): string[] => [
  ...mistakesOfQueues(target),
  ...(target.observability?.logs?.invocation_logs === false
    ? []
    : ['observability.logs.invocation_logs must be false']),
  ...(target.compatibility_flags?.includes('global_fetch_strictly_public')
    ? []
    : ['compatibility_flags must have global_fetch_strictly_public']),
  ...(target.workers_dev === false ? [] : ['workers_dev must be false']),
  ...(target.preview_urls === false ? [] : ['preview_urls must be false']),
  ...mistakesOfRoutes(target),
]

const NOT_TOLD = 'differs from the numbers in the answers of the service: run npm run generate'
const NOT_ALIKE =
  'must have the same numbers as production, because the answers of the service name them'

const isAsTold = ({ ratelimits = [] }: Target): boolean =>
  ratelimits.every(
    ({ name, simple: { limit, period } }) =>
      name !== 'RATE_LIMIT' || (limit === edgeLimit.most && period === edgeLimit.seconds),
  )
