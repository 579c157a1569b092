import { expect, test } from 'vitest'
import { sendMessage } from '#core/delivery'
import { PrivateAddressRefused, Refusal } from '#kernel/error'
import { readWebhookUrl } from '../../../src/core/webhook/webhook-url.ts'
import { systemContext } from '../../../src/runtime.ts'
import { startTestApp } from '../../support/app.ts'
import { deliveriesOf, MINUTE, register, SECOND, subscribe } from '../../support/webhook.ts'

const app = await startTestApp()
const asked: string[] = []
const base = {
  ...systemContext(app.runtime, app.tenant, 'test'),
  deployment: {
    publicUrl: 'https://customer.bücher.example/api',
    hosts: ['orders.shop.example', 'xn--bcher-kva.example', '*.own.example'],
    development: false,
  },
  fetch: async (input: RequestInfo | URL) => {
    asked.push(String(input))
    return new Response('thank you')
  },
}
const local = {
  ...base,
  deployment: { publicUrl: 'http://localhost:8787', hosts: [], development: true },
}

type Where = typeof base
type Spelling = readonly [name: string, spell: (host: string) => string]

const plain: Spelling = ['plainly', (host) => `https://${host}/hook`]
const spellings: readonly Spelling[] = [
  plain,
  ['in upper case', (host) => `https://${host.toUpperCase()}/hook`],
  ['with the point of the root', (host) => `https://${host}./hook`],
  ['in full width', (host) => `https://${wide(host)}/hook`],
  ['with wide points', (host) => `https://${host.replaceAll('.', '。')}/hook`],
  ['with a soft hyphen', (host) => `https://${host.slice(0, 2)}\u00ad${host.slice(2)}/hook`],
  ['percent-encoded', (host) => `https://${percent(host)}/hook`],
  ['with the usual port', (host) => `https://${host}:443/hook`],
  ['with the other port', (host) => `https://${host}:8443/hook`],
  ['with backslashes', (host) => `https:\\\\${host}\\hook`],
  ['without slashes', (host) => `https:${host}/hook`],
]
const wide = (host: string) =>
  host.replace(/[a-z\d-]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0))
const percent = (host: string) =>
  host.replace(/[a-z]/g, (char) => `%${char.codePointAt(0)?.toString(16)}`)

/** Each spelling of an IPv4 address, as a host. */
function spelt(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (n: number, width = 1) => n.toString(16).padStart(width, '0')
  const v6 = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`
  const dashes = address.replaceAll('.', '-')
  return [
    address,
    `${whole}`,
    `0x${hex(whole)}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((n) => `0x${hex(n)}`).join('.'),
    [a, b, c, d].map((n) => `0${n.toString(8)}`).join('.'),
    [a, b, c, d].map((n) => `000${n.toString(8)}`).join('.'),
    `0x${hex(a)}.${b}.0${(c * 256 + d).toString(8)}`,
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `[::ffff:${address}]`,
    `[::ffff:${v6}]`,
    `[0:0:0:0:0:ffff:${v6}]`,
    `[::${address}]`,
    `[64:ff9b::${v6}]`,
    `[64:ff9b:1::${v6}]`,
    `[2002:${v6}::1]`,
    `[2001:0:${v6}::]`,
    ...['nip.io', 'sslip.io', 'traefik.me', 'never-heard-of.example'].flatMap((domain) => [
      `${address}.${domain}`,
      `a.${dashes}.b.${domain}`,
      `a-${dashes}.${domain}`,
    ]),
  ]
}

const private_ = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.1.2.3', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.254', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1'],
  ...['255.255.255.255', '168.63.129.16', '100.100.100.200'],
]

/** Names that lead into a network, to this machine, or nowhere. */
const inside = [
  ...['printer.local', 'localhost', 'api.localhost', 'localhost.localdomain', 'db.internal'],
  ...['metadata.google.internal', 'host.docker.internal', 'ip-10-0-0-1.ec2.internal', 'nas.lan'],
  ...['router.home', 'nas.home.arpa', 'mail.corp', 'wiki.intranet', 'x.private', 'app.test'],
  ...['shop.invalid', 'shop.onion', 'shop.alt', 'api.default.svc', 'kubernetes.default.svc'],
  ...['kubernetes.default', 'kubernetes.default.svc.cluster.local', 'vault.service.consul'],
  ...['db.docker', 'web.flycast', 'job.nomad', 'x.mesos', 'box.lxd', 'speedport.ip', 'x.workgroup'],
  ...['1.0.0.127.in-addr.arpa', '1.0.0.0.ip6.arpa', 'resolver.arpa', 'intranet', 'metadata', 'com'],
  ...['localtest.me', 'a.localtest.me', 'lvh.me', 'a.b.lvh.me', 'vcap.me', 'lacolhost.com'],
  ...[
    'x.localho.st',
    'api.localhost.direct',
    'x.fuf.me',
    'x.lndo.site',
    'x.ddev.site',
    'x.lcl.host',
  ],
  ...[
    'traefik.me',
    'app.traefik.me',
    '7f000001.nip.io',
    '--1.sslip.io',
    'x.xip.io',
    'x.plex.direct',
  ],
  ...['7f000001.c0a80001.rbndr.us', 'make-127-0-0-1-rr.1u.ms', '127-0-0-1.org.uk'],
]

const own = [
  ...['customer.xn--bcher-kva.example', 'customer.bücher.example', 'bücher.example'],
  ...['orders.shop.example', 'a.own.example', 'a.b.own.example'],
]

const cases: (readonly [string, string])[] = [
  ...[...inside, ...own].flatMap((host) =>
    spellings.map(([name, spell]) => [`${host} ${name}`, spell(host)] as const),
  ),
  ...private_.flatMap((address) =>
    spelt(address).flatMap((host) => [
      [`${address} as ${host}`, `https://${host}/hook`] as const,
      [`${address} as ${host} with a port`, `https://${host}:8443/hook`] as const,
    ]),
  ),
  ...['[::]', '[::1]', '[fc00::1]', '[fd00:ec2::254]', '[fe80::1]', '[fec0::1]', '[ff02::1]'].map(
    (host) => [host, `https://${host}/`] as const,
  ),
  // A public address is not a name either.
  ...['8.8.8.8', '[2606:4700:4700::1111]'].map((host) => [host, `https://${host}/`] as const),
  ...[0, 1, 22, 25, 80, 442, 444, 3000, 2375, 5432, 6379, 6443, 8080, 8442, 8444, 9200, 65_535].map(
    (port) => [`port ${port}`, `https://shop.example:${port}/`] as const,
  ),
  ...['http', 'ftp', 'file', 'ws', 'wss', 'gopher'].map(
    (scheme) => [scheme, `${scheme}://shop.example/`] as const,
  ),
  ...['user@', ':password@', 'user:password@'].map(
    (who) => [who, `https://${who}shop.example/`] as const,
  ),
]

/** What becomes of a URL when it is saved, and when it was saved before and a message is sent. */
async function outcomeOf(where: Where, url: string): Promise<[saving: string, sending: string]> {
  const before = asked.length
  const { error, delivered } = await sendMessage(where, { url, secrets: [] }, { id: 'e', body: '' })
  expect(asked.length - before).toBe(delivered ? 1 : 0)
  return [savingOf(where, url), error ?? 'delivered']
}

function savingOf(where: Where, url: string): string {
  try {
    readWebhookUrl(where, url)
    return 'saved'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [fault] = error.details.errors ?? []
    return `${error.code} ${fault?.path} ${fault?.code}`
  }
}

const REFUSED = ['invalid_input url url_not_allowed', 'url_not_allowed']

test(`${cases.length} URLs that lead inside are refused at saving and at sending`, async () => {
  const taken: string[] = []
  for (const [name, url] of cases) {
    const outcome = await outcomeOf(base, url)
    if (outcome.join() !== REFUSED.join()) taken.push(`${name}: ${url} was ${outcome}`)
  }
  expect(taken).toEqual([])
})

test('in development the same ones are, but for those of this machine', async () => {
  const taken: string[] = []
  for (const [name, url] of cases) {
    const host = URL.parse(url)?.hostname ?? ''
    if (/^127\.|localhost\.?$|^\[::1\]$/.test(host) || own.includes(name.split(' ')[0] ?? '')) {
      continue
    }
    const outcome = await outcomeOf(local, url)
    if (outcome.join() !== REFUSED.join()) taken.push(`${name}: ${url} was ${outcome}`)
  }
  expect(taken).toEqual([])
})

test.each([
  ...['shop.example', 'hooks.shop.example', 'customer.bücher.example.com', 'own.example'],
  ...['internal.shop.example', 'local.shop.example', '10.shop.example', 'v1-2-3.shop.example'],
  ...['ec2-54-12-3-4.compute-1.amazonaws.com', 'a1b2c3d4.shop.pages.dev', 'shop.workers.dev'],
  ...['notlvh.me', 'lvh.me.shop.example', 'localhost.shop.example', 'shop.xn--p1ai', 'shop.shop'],
  ...['more-orders.shop.example', 'orders.shop.example.net', 'a.xn--bcher-kva.example'],
])('%s is a public name like any other', async (host) => {
  for (const [, spell] of spellings) {
    expect(await outcomeOf(base, spell(host))).toEqual(['saved', 'delivered'])
  }
})

test.each([
  ...['http://localhost/', 'http://localhost:3000/', 'https://localhost:1/', 'http://a.localhost/'],
  ...['http://127.0.0.1:65535/', 'http://127.1:22/', 'http://[::1]:9200/', 'http://LOCALHOST./'],
])('in development this machine may be at any port: %s', async (url) => {
  expect(await outcomeOf(local, url)).toEqual(['saved', 'delivered'])
})

test('a URL that was saved is judged anew once it leads back to the service', async () => {
  const url = 'https://hooks.partner.example/'
  expect(await outcomeOf(base, url)).toEqual(['saved', 'delivered'])
  const moved = { ...base, deployment: { ...base.deployment, hosts: ['*.partner.example'] } }
  expect(await outcomeOf(moved, url)).toEqual(REFUSED)
})

test('a host name that the connection refuses is a URL that is not allowed', async () => {
  const where = {
    ...base,
    fetch: async () => {
      throw new PrivateAddressRefused()
    },
  }
  expect(await outcomeOf(where, 'https://shop.example/')).toEqual(['saved', 'url_not_allowed'])
})

test('a refused delivery is tried as often as a failing one, and no more', async () => {
  let tries = 0
  const shop = await startTestApp({
    fetch: async () => {
      tries++
      throw new PrivateAddressRefused()
    },
  })
  const { id } = await subscribe(shop, 'https://hooks.shop.example/')
  await register(shop)
  await shop.drain()
  const delivery = async () => (await deliveriesOf(shop, id))[0]
  for (let it = await delivery(); it?.nextAttemptAt != null; it = await delivery()) {
    expect(it).toMatchObject({ status: 'pending', attempts: tries, error: 'url_not_allowed' })
    shop.advance(Date.parse(it.nextAttemptAt) - shop.runtime.now().getTime() + SECOND)
    await shop.cron()
    await shop.drain()
  }
  expect(await delivery()).toMatchObject({ status: 'failed', error: 'url_not_allowed' })
  shop.advance(MINUTE)
  await shop.cron()
  await shop.drain()
  expect(tries).toBe(10)
})
