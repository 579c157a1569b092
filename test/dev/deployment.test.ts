import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deploymentMistakes, missingRouteMistakes } from '../../dev/deployment-mistakes.ts'
import { root } from '../../dev/run.ts'

const text = readFileSync(join(root, 'wrangler.toml'), 'utf8')
/** With routes, and with the hosts that it names. */
const routed = (it: string, routes: string, hosts = '[]') =>
  it
    .replace('workers_dev', `routes = ${routes}\nworkers_dev`)
    .replace('hosts = []', `hosts = ${hosts}`)
/** The queues of another environment, each with its name behind. */
const stagingQueues = (it: string) =>
  [...it.matchAll(/^\[\[queues\.\w+\]\]\n(?:\w+ = .*\n)+/gm)]
    .map(([block]) => block.replace('[[queues', '[[env.staging.queues'))
    .join('\n')
    .replace(/(queue = "customer[\w-]*)"/g, '$1-staging"')
const LOGS = 'observability.logs.invocation_logs must be false'

test('the configuration that is shipped has what the service relies on', () => {
  expect(deploymentMistakes(text)).toEqual([])
})

test('another environment has queues of its own', () => {
  expect(stagingQueues(text)).toContain('queue = "customer-order-staging"')
  expect(deploymentMistakes(`${text}\n${stagingQueues(text)}`)).toEqual([])
})

test.each<readonly [string, (it: string) => string, string]>([
  [
    'switches the invocation logs on',
    (it: string) => it.replace('invocation_logs = false', 'invocation_logs = true'),
    LOGS,
  ],
  ['says nothing of them', (it: string) => it.replace('invocation_logs = false', ''), LOGS],
  ['has no section for logs', (it: string) => it.replace(/\[observability\.logs\][^[]*/, ''), LOGS],
  [
    'has no section for what is observed',
    (it: string) => it.replace(/\[observability[^[]*\[observability[^[]*/, ''),
    LOGS,
  ],
  [
    'switches them on in one environment',
    (it: string) => `${it}\n[env.staging.observability.logs]\ninvocation_logs = true\n`,
    `env.staging: ${LOGS}`,
  ],
  [
    'lacks the consumer of a queue',
    (it: string) => it.replace('queue = "customer-order"', 'queue = "customer-orders"'),
    'queues.consumers must have customer-order',
  ],
  [
    'binds another queue',
    (it: string) => it.replace('queue = "customer-delivery"', 'queue = "customer"'),
    'queues.producers must bind QUEUE to customer and DELIVERY_QUEUE to customer-delivery',
  ],
  [
    'has a queue in one environment that nothing handles',
    (it: string) =>
      `${it}\n${stagingQueues(it)}\n[[env.staging.queues.consumers]]\nqueue = "staging-customer"\n`,
    'env.staging: queues.consumers must not have staging-customer: nothing handles it',
  ],
  [
    'has another number of the limit at the edge than the answers tell',
    (it: string) => it.replace('limit = 300', 'limit = 200'),
    'ratelimits must be as src/http/generated/edge-limit.ts tells it: run npm run generate',
  ],
  [
    'has another period of the limit at the edge in one environment',
    (it: string) =>
      `${it}\n[[env.staging.ratelimits]]\nname = "RATE_LIMIT"\nsimple = { limit = 300, period = 10 }\n`,
    'env.staging: ratelimits must be as src/http/generated/edge-limit.ts tells it: run npm run generate',
  ],
  [
    'lets requests to the own zone pass by the firewall',
    (it: string) => it.replace('"global_fetch_strictly_public"', '"nodejs_als"'),
    'compatibility_flags must have global_fetch_strictly_public',
  ],
  [
    'has a host of the platform',
    (it: string) => it.replace('workers_dev = false', 'workers_dev = true'),
    'workers_dev must be false',
  ],
  [
    'says nothing of one, which is as much',
    (it: string) => it.replace('workers_dev = false', ''),
    'workers_dev must be false',
  ],
  [
    'has a host for each version',
    (it: string) => it.replace('preview_urls = false', 'preview_urls = true'),
    'preview_urls must be false',
  ],
  [
    'has a host of the platform in one environment',
    (it: string) => `${it}\n[env.staging]\nworkers_dev = true\n`,
    'env.staging: workers_dev must be false',
  ],
  ...[
    ['a custom domain', '{ pattern = "api.shop.example", custom_domain = true }'],
    ['a path', '"api.shop.example/customer/*"'],
    ['a scheme', '{ pattern = "https://api.shop.example/*", zone_name = "shop.example" }'],
  ].map(
    ([name, route]) =>
      [
        `does not name the host of a route with ${name}`,
        (it: string) => routed(it, `[${route}]`),
        'vars.hosts must have api.shop.example, where a route answers',
      ] as const,
  ),
  [
    'does not name the host of its only route',
    (it: string) => it.replace('workers_dev', 'route = "api.shop.example/*"\nworkers_dev'),
    'vars.hosts must have api.shop.example, where a route answers',
  ],
  [
    'names one host of a route for many',
    (it: string) => routed(it, '["*.shop.example/*"]', '["a.shop.example"]'),
    'vars.hosts must have *.shop.example, where a route answers',
  ],
  [
    'forgets the domain itself',
    (it: string) => routed(it, '["*shop.example/*"]', '["*.shop.example"]'),
    'vars.hosts must have shop.example, where a route answers',
  ],
  [
    'names no host of an environment, which has its own variables',
    (it: string) =>
      `${routed(it, '["a.example/*"]', '["a.example"]')}\n[env.staging]\nname = "staging"\n`,
    'env.staging: vars.hosts must have a.example, where a route answers',
  ],
  [
    'has previews at a domain of its own',
    (it: string) =>
      routed(
        it,
        '[{ pattern = "a.example", custom_domain = true, previews_enabled = true }]',
        '["a.example"]',
      ),
    'routes must not have previews_enabled',
  ],
])('one that %s is refused', (_, change, expected) => {
  const changed = change(text)
  expect(changed).not.toBe(text)
  expect(deploymentMistakes(changed)).toEqual([expected])
})

test('an environment that names nothing of it has what the top says', () => {
  expect(deploymentMistakes(`${text}\n[env.staging]\nname = "staging"\n`)).toEqual([])
})

test.each([
  ['[{ pattern = "a.example", custom_domain = true }]', '["a.example"]'],
  ['["a.example/*", "*.b.example/*"]', '["*.b.example", "a.example"]'],
  ['[{ pattern = "*/*", zone_name = "a.example" }]', '["a.example", "*.a.example"]'],
])('routes %s with hosts %s are as they should be, and the service has an address', (...both) => {
  const change = routed(text, ...both)
  expect([deploymentMistakes(change), missingRouteMistakes(change)]).toEqual([[], []])
})

test('without a route it would have no address, and is not uploaded', () => {
  const mistake = 'routes must name where the service is reached (docs/deploy.md)'
  expect(missingRouteMistakes(text)).toEqual([mistake])
  const staging = `${text}\n[env.staging]\nroutes = ["a.example/*"]\n`
  expect(missingRouteMistakes(staging)).toEqual([mistake])
  expect(missingRouteMistakes(staging, 'staging')).toEqual([])
})
