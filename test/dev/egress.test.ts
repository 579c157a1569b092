import type { LookupAddress } from 'node:dns'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startEgress } from '../../dev/egress/index.ts'
import { resolveAllowedTarget } from '../../dev/egress/resolve-allowed-target.ts'
import { sendToAddresses } from '../../dev/egress/send.ts'
import { PrivateAddressRefused } from '../../src/kernel/error.ts'
import { makeOutboundFetch } from '../../src/outbound-fetch.ts'
import { startReceiver } from '../support/receiver.ts'

/** What names resolve to, one answer after the other; the last one stays. */
const dns = new Map<string, string[][]>()
const lookups: string[] = []
const lookup = async (host: string): Promise<LookupAddress[]> => {
  lookups.push(host)
  const answers = dns.get(host) ?? []
  const answer = answers.length > 1 ? answers.shift() : answers[0]
  if (answer === undefined) throw new Error(`getaddrinfo ENOTFOUND ${host}`)
  return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}
beforeEach(() => {
  dns.clear()
  lookups.length = 0
  dns.set('localhost', [['127.0.0.1']])
  for (const address of ['127.0.0.1', '::1', '10.0.0.1']) dns.set(address, [[address]])
})

const receiver = await startReceiver()
const { port } = new URL(receiver.url)
const egress = await startEgress({ lookup })
afterAll(() => egress.close())
const outward = makeOutboundFetch({ development: true, egressEndpoint: egress.endpoint })

const PUBLIC = '93.184.215.14'

test.each([
  ['one public address', [PUBLIC], true],
  ['several', [PUBLIC, '2606:4700::1111'], true],
  ['what DNS64 answers', ['64:ff9b::5db8:d70e'], true],
  ['this machine', ['127.0.0.1'], false],
  ['this machine in IPv6', ['::1'], false],
  ['a network', ['10.0.0.7'], false],
  ['a network in IPv6', ['fd00::7'], false],
  ['a metadata service', ['169.254.169.254'], false],
  ['a shared network', ['100.64.0.1'], false],
  ['a mapped address of a network', ['::ffff:192.168.0.1'], false],
  ['an address of a network through DNS64', ['64:ff9b::a00:1'], false],
  ['nothing', [], false],
  ['a public address and this machine', [PUBLIC, '127.0.0.1'], false],
  ['this machine and a public address', ['::1', PUBLIC], false],
  ['two public ones and a network behind them', [PUBLIC, '8.8.8.8', '192.168.0.1'], false],
  ['an address with a zone', ['fe80::1%eth0'], false],
])('a public name that resolves to %s', async (_, addresses, isAllowed) => {
  dns.set('hooks.shop.example', [addresses])
  const found = await resolveAllowedTarget(new URL('https://hooks.shop.example/'), lookup)
  expect(found?.map(({ address }) => address) ?? null).toEqual(isAllowed ? addresses : null)
  expect(lookups).toEqual(['hooks.shop.example'])
})

test.each([
  ['http://localhost:1/', ['127.0.0.1'], 'localhost', true],
  ['http://api.localhost./', ['127.0.0.1', '::1'], 'localhost', true],
  ['http://localhost/', [PUBLIC], 'localhost', false],
  ['http://localhost/', ['127.0.0.1', '10.0.0.1'], 'localhost', false],
  ['http://127.0.0.1/', ['127.0.0.1'], '127.0.0.1', true],
  ['http://[::1]/', ['::1'], '::1', true],
  ['http://10.0.0.1/', ['10.0.0.1'], '10.0.0.1', false],
])('%s at %j', async (url, addresses, asked, isAllowed) => {
  dns.set(asked, [addresses])
  const found = await resolveAllowedTarget(new URL(url), lookup)
  expect(found?.map(({ address }) => address) ?? null).toEqual(isAllowed ? addresses : null)
  expect(lookups).toEqual([asked])
})

test.each([
  ['http://hooks.shop.example', '127.0.0.1'],
  ['http://hooks.shop.example', '::1'],
  ['http://10.0.0.1', '10.0.0.1'],
])('a request for %s at %s is refused, and nobody hears of it', async (site, address) => {
  dns.set(new URL(site).hostname, [[address]])
  const before = receiver.received.length
  const sent = outward(`${site}:${port}/hook`, { method: 'POST', body: '{}' })
  await expect(sent).rejects.toBeInstanceOf(PrivateAddressRefused)
  expect(receiver.received.length).toBe(before)
})

test('a name is resolved once, and only what was judged is connected to', async () => {
  const reached: string[] = []
  const server = createServer((socket: Socket) => {
    socket.once('data', (data) => {
      reached.push(data.toString('latin1'))
      socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = (server.address() as AddressInfo).port
  const signal = new AbortController().signal
  const sendTo = (url: string) =>
    sendToAddresses({
      ...{ url: new URL(url), method: 'POST', headers: {}, signal },
      addresses: [{ address: '127.0.0.1', family: 4 }],
      body: Readable.from([]),
    })
  // Nobody has this name: it is never asked for. The certificate must be that of the name, too.
  for (const scheme of ['http', 'https']) {
    await expect(sendTo(`${scheme}://hooks.shop.example:${at}/`)).rejects.toThrow()
  }
  expect(reached).toEqual([
    expect.stringContaining(`Host: hooks.shop.example:${at}`),
    expect.stringContaining('hooks.shop.example'),
  ])
  server.close()
})

test('a name that is rebound between two requests is judged each time', async () => {
  dns.set('localhost', [['127.0.0.1'], ['10.0.0.1']])
  expect((await outward(`${receiver.url}/first`)).status).toBe(200)
  await expect(outward(`${receiver.url}/second`)).rejects.toBeInstanceOf(PrivateAddressRefused)
  expect(lookups).toEqual(['localhost', 'localhost'])
  expect(receiver.at('/second')).toEqual([])
})

test('a receiver of this machine gets all of a request, and its answer comes back', async () => {
  receiver.on('/hook', (response) => {
    const headers = { 'X-Egress-Outcome': 'refused', 'Retry-After': '7', Connection: 'close' }
    response.writeHead(503, headers).end('later')
  })
  const answer = await outward(`${receiver.url}/hook`, {
    method: 'POST',
    headers: { 'webhook-id': 'evt_1', 'Content-Type': 'application/json' },
    body: '{"a":1}',
  })
  expect([answer.status, await answer.text()]).toEqual([503, 'later'])
  expect(answer.headers.get('Retry-After')).toBe('7')
  const [got] = receiver.at('/hook')
  expect(got).toMatchObject({
    body: '{"a":1}',
    headers: {
      'webhook-id': 'evt_1',
      'content-type': 'application/json',
      host: `localhost:${port}`,
    },
  })
  expect(Object.keys(got?.headers ?? {}).filter((name) => name.startsWith('x-egress'))).toEqual([])
})

test('a redirect is handed back and not followed', async () => {
  const place = `${receiver.url}/elsewhere`
  receiver.on('/moved', (response) => response.writeHead(302, { Location: place }).end())
  const answer = await outward(`${receiver.url}/moved`, { redirect: 'manual' })
  expect([answer.status, receiver.at('/elsewhere')]).toEqual([302, []])
})

test('who is not there, and a name that nobody has, are unreachable', async () => {
  for (const url of ['http://127.0.0.1:1/', 'https://nobody.shop.example/']) {
    await expect(outward(url)).rejects.toBeInstanceOf(TypeError)
  }
})

test('nobody without its secret sends through it', async () => {
  const headers = { 'X-Egress-To': `${receiver.url}/secret` }
  for (const path of ['/', '/hook']) {
    const { status } = await fetch(new URL(path, egress.endpoint), { headers })
    expect(status).toBe(404)
  }
  expect(receiver.at('/secret')).toEqual([])
})

test('without it, development asks this machine and nobody else', async () => {
  const alone = makeOutboundFetch({ development: true, egressEndpoint: undefined })
  expect((await alone(`${receiver.url}/alone`)).status).toBe(200)
  for (const url of ['https://hooks.shop.example/', 'http://10.0.0.1/', 'http://0.0.0.0:1/']) {
    await expect(alone(url)).rejects.toThrow('EGRESS_ENDPOINT')
  }
})
