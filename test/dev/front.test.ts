import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { startFrontProxy } from '../../dev/front-proxy/index.ts'
import { makeMailList } from '../../dev/mail/mail-list.ts'
import { findFreePort } from '../../dev/port.ts'
import { MAX_BODY_BYTES } from '../../src/http/body.ts'

/** In the place of the Worker: says what it was asked. */
const worker = createServer(async (asked, answer) => {
  const { method, url, headers } = asked
  answer.writeHead(207, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Answer': 'kept' })
  answer.end(JSON.stringify({ method, url, headers, body: await text(asked) }))
})
const workerPort = await findFreePort()
await once(worker.listen(workerPort, 'localhost'), 'listening')
const port = await findFreePort()
const mails = makeMailList()
const front = await startFrontProxy({ port, workerPort, mails })
afterAll(() => {
  front.close()
  worker.close()
})

type Asked = {
  readonly host?: string
  readonly address?: string
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function ask({ host = `localhost:${port}`, address = '127.0.0.1', ...rest }: Asked) {
  const { method = 'GET', path = '/dev/mail', headers = {}, body } = rest
  const asked = request({ host: address, port, path, method, headers: { ...headers, host } })
  asked.end(body)
  const [response] = await once(asked, 'response')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

const keep = (subject: string) =>
  mails.keep({ kind: 'mail', at: new Date(), from: 'a', to: 'b', subject, text: 'c' })

test('the newest hundred mails are kept, the newest first', async () => {
  for (let n = 1; n <= 101; n++) keep(`mail ${n}`)
  const { status, body } = await ask({})
  expect(status).toBe(200)
  const subjects = [...body.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, subject]) => subject)
  expect([subjects.length, subjects[0], subjects.at(-1)]).toEqual([100, 'mail 101', 'mail 2'])
})

test.each(['localhost', '127.0.0.1', '[::1]', 'shop.localhost'])(
  'the page of mails answers at %s',
  async (name) => {
    const { status, headers } = await ask({ host: `${name}:${port}`, path: '/dev/mail?x' })
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['access-control-allow-origin']).toBeUndefined()
  },
)

test.each(['evil.example', `evil.example:${port}`, '192.168.0.7', 'localhost.evil.example', '@'])(
  'under a name that leads here from elsewhere it is not shown, and the service refuses the name: %s',
  async (host) => {
    const forged = { 'MF-Original-URL': `http://localhost:${port}/dev/mail`, 'mf-other': 'x' }
    const { status, body } = await ask({ host, headers: forged })
    expect(status).toBe(207)
    const { headers } = JSON.parse(body)
    expect(Object.keys(headers).filter((name) => name.startsWith('mf-'))).toEqual([])
    expect(headers.host).toBe(host)
  },
)

test('the page of mails is to be read', async () => {
  expect(await ask({ method: 'POST' })).toMatchObject({ status: 405, body: '' })
  expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test.each(['127.0.0.1', '::1'])(
  'everything else is passed on as it is, and so is the answer, at %s',
  async (address) => {
    const headers = { 'X-Asked': 'yes', Expect: '100-continue' }
    const path = '/dev/mails?a=%20b'
    const answer = await ask({ address, path, method: 'PUT', headers, body: 'what is sent' })
    const { status, body } = answer
    expect([status, answer.headers['set-cookie']]).toEqual([207, ['a=1', 'b=2']])
    expect(answer.headers['x-answer']).toBe('kept')
    expect(JSON.parse(body)).toMatchObject({
      ...{ method: 'PUT', url: path, body: 'what is sent' },
      headers: { 'x-asked': 'yes', host: `localhost:${port}` },
    })
  },
)

test('a body of unknown length is passed on as one, and none as none', async () => {
  const chunked = { 'Transfer-Encoding': 'chunked' }
  const passed = async (asked: Asked) => JSON.parse((await ask({ path: '/', ...asked })).body)
  const sent = await passed({ method: 'POST', headers: chunked, body: 'parts' })
  expect([sent.headers['transfer-encoding'], sent.body]).toEqual(['chunked', 'parts'])
  const got = await passed({})
  expect([got.headers['transfer-encoding'], got.headers['content-length']]).toEqual([
    undefined,
    undefined,
  ])
})

test.each([
  ['of a known length', { 'Content-Length': '5000000' }],
  ['of an unknown length', { 'Transfer-Encoding': 'chunked' }],
])('a body %s that is too large is cut one byte beyond what the service takes', async (_, sent) => {
  const answer = await ask({
    method: 'POST',
    path: '/customer',
    headers: sent,
    body: 'x'.repeat(5_000_000),
  })
  const seen = JSON.parse(answer.body)
  expect([answer.status, seen.body.length]).toEqual([207, MAX_BODY_BYTES + 1])
  expect(seen.headers['transfer-encoding']).toBe('chunked')
})

test('it says that the Worker does not answer', async () => {
  const other = await findFreePort()
  const alone = await startFrontProxy({ port: other, workerPort: await findFreePort(), mails })
  const answer = await fetch(`http://localhost:${other}/healthz`)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([502, 'no-store'])
  alone.close()
})
