import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { findFreePort } from '../../dev/port.ts'
import { type Program, startProgram } from '../support/process.ts'
import { startReceiver } from '../support/receiver.ts'
import { shippedElsewhere } from '../support/shipped.ts'
import { until } from '../support/until.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-start-'))
const data = join(root, 'data')
const script = join(import.meta.dirname, '../../dev/begin.js')
/** Whatever shops the project has. */
const config = join(root, 'wrangler.toml')
writeFileSync(config, shippedElsewhere())
const programs: Program[] = []
const receiver = await startReceiver()

async function start(env: Record<string, string> = {}) {
  const port = env.PORT ?? String(await findFreePort())
  const program = startProgram([script, '--config', config], {
    DATA_DIR: data,
    STOREFRONT_PORT: '0',
    ...env,
    PORT: port,
  })
  programs.push(program)
  return { ...program, url: `http://localhost:${port}` }
}

async function stop(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  program.child.kill(signal)
  return program.ended()
}

const STARTING = 'starting: database, service (the first start takes a minute)\n'

const Customer = z.looseObject({ id: z.string() })

const token = (program: Program) => /^export TOKEN=(\S+)$/m.exec(program.output())?.[1]
const masterSecret = () => parseEnv(readFileSync(join(data, 'env'), 'utf8')).MASTER_SECRET

afterAll(async () => {
  for (const program of programs) {
    program.child.kill('SIGTERM')
    await program.ended()
  }
  rmSync(root, { recursive: true })
})

/** A receiver on this machine gets a message, through what judges the addresses. */
async function hearsOfAWebhook(url: string, authorization: string) {
  const ask = async (path: string, body?: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return (await fetch(url + path, { method: 'POST', headers, ...sent })).json()
  }
  const made = Customer.parse(await ask('/webhook', { url: `${receiver.url}/hook`, events: ['*'] }))
  expect(await ask(`/webhook/${made.id}/test`)).toMatchObject({ delivered: true, error: null })
  const { EGRESS_ENDPOINT = '' } = parseEnv(readFileSync(join(data, 'env'), 'utf8'))
  expect((await fetch(EGRESS_ENDPOINT)).headers.get('X-Egress-Outcome')).toBe('unreachable')
  expect(receiver.at('/hook')).toHaveLength(1)
}

/** The service's own address shows the mails. A request with another host name does not get them, even if a header names this host. */
async function showsAMail(url: string, authorization: string, id: string) {
  const invite = { method: 'POST', headers: { authorization } }
  expect((await fetch(`${url}/customer/${id}/verify-email/resend`, invite)).status).toBe(202)
  const link = /<a href="http:\/\/localhost:3000\/verify-email\?token=/
  await until(async () => link.test(await (await fetch(`${url}/dev/mail`)).text()))
  expect((await fetch(`${url}/dev/mail`, { redirect: 'manual' })).status).toBe(200)
  expect((await fetch(`${url}/dev/mails`)).status).toBe(404)
  const forged = { 'mf-original-url': `${url}/dev/mail` }
  for (const headers of [{}, forged]) {
    expect(await statusUnder('evil.example', url, headers, 'GET', '/dev/mail')).toBe(421)
  }
}

/** What a request is answered under another name of this machine, or under a name that somebody made lead to it. */
async function statusUnder(
  host: string,
  url: string,
  headers: Record<string, string> = {},
  method = 'POST',
  path = '/oauth/token',
) {
  const { port } = new URL(url)
  const asked = request(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, host: `${host}:${port}` },
  })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  return response.statusCode
}

describe('npm start', () => {
  let url = ''
  let customer: z.infer<typeof Customer> = { id: '' }
  let authorization = ''
  let secret: string | undefined

  test('that is ended while it starts leaves no process', async () => {
    for (;;) {
      const program = await start()
      await until(async () => program.survivors().length > 3, 50)
      expect(await stop(program, 'SIGINT')).toBe(0)
      expect(program.survivors()).toEqual([])
      // A start that was ready before its end is another case.
      const output = program.output()
      if (/^ready /m.test(output)) continue
      expect(output.replace(STARTING, '')).toBe('')
      break
    }
  })

  test('serves what is pasted, alone on its data folder', async () => {
    const first = await start()
    await first.wrote('curl -X POST')
    const begin = `${STARTING}ready ${first.url}\nmail ${first.url}/dev/mail\n\nexport TOKEN=`
    // Without the example nothing runs where mails lead, unless this machine has a shop there.
    const output = first.output().replace(/^Nothing runs at http:\/\/localhost:3000, .*\n/m, '')
    expect(output.startsWith(begin)).toBe(true)
    url = first.url
    authorization = `Bearer ${token(first)}`
    const created = await fetch(`${url}/customer`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: /-d '(.*)'/.exec(first.output())?.[1] ?? '',
    })
    expect(created.status).toBe(201)
    customer = Customer.parse(await created.json())
    secret = masterSecret()
    await hearsOfAWebhook(url, authorization)
    await showsAMail(url, authorization, customer.id)
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'shop.localhost']) {
      expect(await statusUnder(name, url)).toBe(400)
    }
    const page = { origin: 'http://evil.example', 'mf-original-url': `${url}/oauth/token` }
    expect(await statusUnder('evil.example', url)).toBe(421)
    expect(await statusUnder('evil.example', url, page)).toBe(421)

    const twin = await start()
    expect(await twin.ended()).toBe(1)
    expect(twin.output()).toBe(
      `Another npm start is using the data folder ${data}: end it, or choose another folder with DATA_DIR\n`,
    )
    expect(twin.survivors()).toEqual([])
    await stop(first, 'SIGKILL')
  })

  test('that is killed leaves a data folder that the next one can use, with all that was kept', async () => {
    const [killed] = programs.filter(({ child }) => child.signalCode === 'SIGKILL')
    const next = await start({ PORT: new URL(url).port })
    await next.wrote('curl -X POST')
    const found = await fetch(`${next.url}/customer/${customer.id}`, { headers: { authorization } })
    expect(await found.json()).toEqual(customer)
    expect(masterSecret()).toBe(secret)
    expect(await stop(next, 'SIGTERM')).toBe(0)
    expect(next.survivors()).toEqual([])
    await until(async () => killed?.survivors().length === 0, 50)
  })
})
