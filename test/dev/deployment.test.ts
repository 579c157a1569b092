import { parse, stringify } from 'smol-toml'
import { expect, test } from 'vitest'
import {
  deploymentMistakes,
  missingRouteMistakes,
  mistakesPreventingStart,
} from '../../dev/deployment-mistakes.ts'
import { shippedText as text } from '../support/shipped.ts'

/** With routes, and with the hosts that it names. */
const routed = (it: string, routes: string, hosts = '[]') =>
  it
    .replace('workers_dev', `routes = ${routes}\nworkers_dev`)
    .replace('hosts = []', `hosts = ${hosts}`)
/** What an environment has of its own. */
const inStaging = (it: string) => {
  const { vars, queues, send_email, ratelimits } = parse(it)
  const staging = JSON.parse(JSON.stringify({ vars, queues, send_email, ratelimits }))
  for (const queue of [...staging.queues.producers, ...staging.queues.consumers]) {
    queue.queue += '-staging'
  }
  return { env: { staging } }
}
/** The configuration with an environment, of which a piece is changed. */
const withStaging =
  (change: (staging: Piece) => void = () => undefined) =>
  (it: string) => {
    const { env } = inStaging(it)
    change(env.staging)
    return `${it}\n${stringify(env).replace(/^(\[+)/gm, '$1env.')}`
  }
// biome-ignore lint/suspicious/noExplicitAny: what is changed is a part of a file
type Piece = any
const LOGS = 'observability.logs.invocation_logs must be false'

test('the configuration that is shipped has what the service relies on', () => {
  expect(deploymentMistakes(text)).toEqual([])
})

test('another environment has queues of its own', () => {
  expect(withStaging()(text)).toContain('queue = "customer-order-staging"')
  expect(deploymentMistakes(withStaging()(text))).toEqual([])
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
    withStaging((staging) => {
      staging.observability = { logs: { invocation_logs: true } }
    }),
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
    withStaging(({ queues }) => queues.consumers.push({ queue: 'staging-customer' })),
    'env.staging: queues.consumers must not have staging-customer: nothing handles it',
  ],
  [
    'has another number of the limit at the edge than the answers tell',
    (it: string) => it.replace(/limit = \d+/, 'limit = 7'),
    'ratelimits differs from the numbers in the answers of the service: run npm run generate',
  ],
  [
    'has another period of the limit at the edge in one environment',
    withStaging(({ ratelimits }) => {
      ratelimits[0].simple.period = 10
    }),
    'env.staging: ratelimits must have the same numbers as production, because the answers of the service name them',
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
    withStaging((staging) => {
      staging.workers_dev = true
    }),
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
      withStaging(({ vars }) => delete vars.hosts)(routed(it, '["a.example/*"]', '["a.example"]')),
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
  ...['*.a.example', 'a.example/customer'].map(
    (pattern) =>
      [
        `has a custom domain ${pattern}, which is no host`,
        (it: string) =>
          routed(
            it,
            `[{ pattern = "${pattern}", custom_domain = true }]`,
            `["${pattern.split('/')[0]}"]`,
          ),
        `routes: ${pattern} cannot be a custom domain, which is one host, without * or a path; name each host, or leave out custom_domain`,
      ] as const,
  ),
  [
    'has a text where a list must be',
    (it: string) => it.replace(/^crons = .*$/m, 'crons = "* * * * *"'),
    'triggers.crons: must be a list in square brackets',
  ],
])('one that %s is refused', (_, change, expected) => {
  const changed = change(text)
  expect(changed).not.toBe(text)
  expect(deploymentMistakes(changed)).toEqual([expected])
})

const QUEUES =
  'queues.producers must bind QUEUE to customer and DELIVERY_QUEUE to customer-delivery'

test.each<[binding: string, remove: (part: Piece) => void, missing: string]>([
  [
    'send_email',
    (part) => delete part.send_email,
    'send_email is missing: one must have name = "MAIL"',
  ],
  [
    'send_email of this name',
    (part) => {
      part.send_email[0].name = 'POST'
    },
    'send_email is missing: one must have name = "MAIL"',
  ],
  [
    'ratelimits',
    (part) => delete part.ratelimits,
    'ratelimits is missing: one must have name = "RATE_LIMIT"',
  ],
  ['queues', (part) => delete part.queues, 'queues is missing: it needs producers and consumers'],
  ['producer of jobs', (part) => part.queues.producers.shift(), QUEUES],
  ['producer of deliveries', (part) => part.queues.producers.pop(), QUEUES],
  ['producers', (part) => delete part.queues.producers, QUEUES],
  ['consumer', (part) => part.queues.consumers.pop(), 'queues.consumers must have customer-dead'],
  [
    'assets',
    (part) => {
      part.assets = {}
    },
    'assets is missing: it must have binding = "ASSETS"',
  ],
  [
    'crons',
    (part) => {
      part.triggers = { crons: [] }
    },
    'triggers.crons is missing: it must have "* * * * *"',
  ],
  [
    'shops',
    (part) => delete part.vars.tenants,
    'vars.tenants is missing: add [vars.tenants.<key>] with shopName, shopUrl and currency (docs/deploy.md)',
  ],
  ['settings', (part) => delete part.vars.customer, 'vars.customer is missing: it may be empty'],
])(
  'without %s, a start and a check name what is missing, at the top and in an environment',
  (_, remove, missing) => {
    const top = parse(text)
    remove(top)
    const without = stringify(top)
    expect(deploymentMistakes(without)).toEqual([missing])
    expect(mistakesPreventingStart(without)).toEqual([missing])
    const staging = withStaging(remove)(text)
    const named = missing.includes(' is missing')
      ? `env.staging.${missing}`
      : `env.staging: ${missing}`
    expect(deploymentMistakes(staging)).toEqual([named])
    expect(mistakesPreventingStart(staging)).toEqual([])
  },
)

test('an environment that names nothing gets no binding and no variable of the top', () => {
  const found = deploymentMistakes(`${text}\n[env.staging]\nname = "staging"\n`)
  expect(found.map((mistake) => mistake.split(' ')[0])).toEqual(
    ['vars.customer', 'vars.tenants', 'queues', 'send_email', 'ratelimits'].map(
      (name) => `env.staging.${name}`,
    ),
  )
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
  const mistake = 'routes must have the domain of the service (docs/deploy.md)'
  expect(missingRouteMistakes(text)).toEqual([mistake])
  const staging = `${text}\n[env.staging]\nroutes = ["a.example/*"]\n`
  expect(missingRouteMistakes(staging)).toEqual([mistake])
  expect(missingRouteMistakes(staging, 'staging')).toEqual([])
})
