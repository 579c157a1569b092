import { execFile, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { findFreePort } from '../../dev/port.ts'
import { buildSdk } from '../../dev/sdk.ts'
import { Commerce } from '../../src/sdk/index.ts'
import { until } from '../support/until.ts'
import { codeMailedTo, linkMailedTo } from './mail.ts'
import { here, snippet } from './snippet.ts'

const run = promisify(execFile)
const url = inject('url')
const commerce = new Commerce({ baseUrl: url, clientId: 'dev', clientSecret: 'dev' })
const root = join(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')

/** A project of a stranger, who has installed the client and nothing of the service. */
let project = ''
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'customer-snippet-'))
  await mkdir(join(project, 'node_modules'))
  await buildSdk(join(project, 'node_modules/@hanzo/commerce'))
  for (const name of ['jose', '@types']) {
    await symlink(join(modules, name), join(project, 'node_modules', name))
  }
  await writeFile(join(project, 'package.json'), '{"type":"module"}')
})
afterAll(() => rm(project, { recursive: true }))

/** The snippets' people; each test has them anew. */
afterEach(async () => {
  for (const email of [
    'jane',
    'ann',
    'bob',
    'eva',
    'kim',
    'lee',
    'lia',
    'mia',
    'noa',
    'pia',
    'rosa',
  ].map((name) => `${name}@example.com`)) {
    for await (const { id } of commerce.customers.list({ email }))
      await commerce.customers.delete(id)
  }
})

/** Checks the types as TypeScript 5 sees them, runs it, and resolves with the lines that it printed. */
async function runTypeScript(name: string, code: string): Promise<string[]> {
  const file = join(project, `${name}.ts`)
  await writeFile(file, code)
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
  ]
  const tsc = join(import.meta.dirname, 'node_modules/.bin/tsc')
  await run(tsc, [...options, file], { cwd: project }).catch((error) => {
    throw new Error(error.stdout)
  })
  const { stdout } = await run(process.execPath, ['--no-warnings', file], { cwd: project })
  return stdout.trim().split('\n')
}

async function runGo(code: string): Promise<string> {
  const folder = await mkdtemp(join(project, 'go-'))
  const module = 'github.com/hanzoai/commerce/sdk'
  const replace = `replace ${module} => ${join(root, 'sdk-go')}`
  const lines = ['module example.com/shop', 'go 1.19', `require ${module} v0.0.0`, replace]
  await writeFile(join(folder, 'go.mod'), lines.join('\n'))
  await writeFile(join(folder, 'main.go'), code)
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off' }
  return (await run('go', ['run', '.'], { cwd: folder, env })).stdout
}

const onPage = async (file: string) =>
  here(await readFile(join(import.meta.dirname, 'page', file), 'utf8'))

test('the TypeScript of the source page makes a customer, who logs in once the address is proven', async () => {
  const [made = ''] = await runTypeScript('create', await onPage('create.ts'))
  const customer = JSON.parse(made)
  expect(customer).toMatchObject({ email: 'jane@example.com', firstName: 'Jane', lastName: 'Doe' })
  await expect(runTypeScript('login', await onPage('login.ts'))).rejects.toThrow('email_unverified')
  const token = (await linkMailedTo('jane@example.com')).searchParams.get('token') ?? ''
  await commerce.auth.verifyEmail({ token, password: 'secure-password' })
  const [me = ''] = await runTypeScript('login', await onPage('login.ts'))
  expect(JSON.parse(me)).toMatchObject({ id: customer.id, status: 'active', emailVerified: true })
})

test('the Go of the source page makes a customer', async () => {
  expect(await runGo(await onPage('main.go'))).toMatch(/^cust_\w{26} jane@example\.com\n$/)
})

/** The second run finds what the first one has made. */
const RUNS = ['first', 'second']

test("the README's five lines of TypeScript run, and run again", async () => {
  for (const _ of RUNS) {
    const lines = await runTypeScript('short', await snippet('README.md', 'short'))
    expect(lines).toContain('ann@example.com')
  }
})

test("the README's five lines of Go run, and run again", async () => {
  const imports = ['context', 'fmt', 'log', 'github.com/hanzoai/commerce/sdk']
  const code = [
    `package main\nimport (${imports.map((it) => `"${it}"`).join(';')})`,
    'func main() {\nctx := context.Background()',
    await snippet('README.md', 'short-go'),
    '}\n',
  ]
  for (const _ of RUNS) expect(await runGo(code.join('\n'))).toBe('bob@example.com Bob\n')
})

test('the TypeScript of the page of clients runs, and runs again', async () => {
  for (const _ of RUNS) {
    const lines = await runTypeScript('client', await snippet('docs/clients.md', 'client'))
    expect(lines).toContain('ann@example.com 0')
    expect(lines.at(-1)).toMatch(/^known req_/)
  }
})

test('the Go of the page of clients runs, and runs again', async () => {
  const code = await snippet('docs/clients.md', 'go')
  for (const _ of RUNS) expect(await runGo(code)).toBe('bob@example.com Ross\n')
})

test('the webhook receiver takes what is signed, and nothing else', async () => {
  const port = await findFreePort()
  const code = (await snippet('docs/clients.md', 'receiver')).replace('4000', String(port))
  await writeFile(join(project, 'receiver.ts'), code)
  const key = randomBytes(24)
  const receiver = spawn(process.execPath, ['--no-warnings', join(project, 'receiver.ts')], {
    env: { ...process.env, WEBHOOK_SECRET: `whsec_${key.toString('base64')}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  receiver.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  try {
    const at = `http://localhost:${port}`
    await until(() =>
      fetch(at).then(
        () => true,
        () => false,
      ),
    )
    const body = JSON.stringify({ id: 'evt_1', type: 'customer.created', sequence: 1 })
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signed = createHmac('sha256', key).update(`evt_1.${timestamp}.${body}`).digest('base64')
    const send = (signature: string) =>
      fetch(at, {
        method: 'POST',
        body,
        headers: {
          'webhook-id': 'evt_1',
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
      })
    expect((await send(signed)).status).toBe(204)
    expect((await send(randomBytes(32).toString('base64'))).status).toBe(400)
    await until(async () => printed === 'evt_1 customer.created 1\n')
  } finally {
    receiver.kill()
  }
})

test("the recipe from guest checkout to merge runs; without staff, the shopper's own proof merges", async () => {
  for (const _ of RUNS) {
    const lines = await runTypeScript('guest', await snippet('docs/recipes.md', 'guest'))
    expect(lines).toEqual(['1 true'])
  }

  const email = `proof${Date.now()}@example.com`
  const guest = await commerce.customers.guest({ email })
  await commerce.customers.recordOrder(guest.id, `order-${email}`, {
    total: 2500,
    currency: 'USD',
    state: 'paid',
    placedAt: new Date().toISOString(),
    version: 1,
  })
  const storefront = new Commerce({
    baseUrl: url,
    clientId: 'storefront',
    clientSecret: 'storefront',
  })
  const password = 'correct horse battery'
  expect(await storefront.auth.register({ email, password })).toEqual({ status: 'accepted' })
  const token = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  const { userId } = await storefront.auth.verifyEmail({ token, password })
  await until(async () => (await commerce.customers.retrieve(userId)).orderCount === 1)
  expect(await commerce.customers.retrieve(guest.id)).toMatchObject({ id: userId })
})

/** A shopper whose address is proven. Each recipe has its own, because the newest mail to an address is the one that is read. */
async function proven(email: string) {
  const shopper = { email, password: 'correct horse battery' }
  await commerce.customers.create(shopper)
  const token = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  await commerce.auth.verifyEmail({ token, password: shopper.password })
  return shopper
}

test('the recipe of the hosted page runs by hand', async () => {
  const shopper = await proven('noa@example.com')
  const code = await snippet('docs/recipes.md', 'code')
  const env = { ...process.env, JAR: join(project, 'cookies') }
  const [back = '', granted = ''] = (await run('sh', ['-euc', code], { env })).stdout.split('\n')
  expect(Object.fromEntries(new URL(back).searchParams)).toMatchObject({ state: 'xyz', iss: url })
  const shop = new Commerce({ baseUrl: url })
  shop.setToken(JSON.parse(granted).access_token)
  expect((await shop.auth.me()).email).toBe(shopper.email)
})

test("the recipe of a shop's server runs; whom it names is counted apart, and so is a known device", async () => {
  const shopper = await proven('mia@example.com')
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'server')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const [sessions, accepted, session] = stdout.split('\n').map((line) => JSON.parse(line))
  const addresses = sessions.data.map(({ address }: { address: string | null }) => address)
  expect(addresses).toContain('203.0.113.7')
  expect(accepted).toEqual({ status: 'accepted' })
  expect(session.customer.email).toBe(shopper.email)

  const stranger = { callerAddress: '198.51.100.9' }
  // The client itself waits for the first two delays, of a second and of two.
  for (let i = 0; i < 7; i++) {
    const guess = commerce.auth.login({ ...shopper, password: `guess ${i}` }, stranger)
    await expect(guess).rejects.toMatchObject({ code: 'invalid_credentials' })
  }
  await expect(commerce.auth.login(shopper, stranger)).rejects.toMatchObject({
    code: 'too_many_attempts',
  })
  const { deviceToken } = session
  const entered = await commerce.auth.login({ ...shopper, deviceToken }, stranger)
  const shop = new Commerce({ baseUrl: url, clientId: 'dev', clientSecret: 'dev' })
  shop.setToken(entered)
  const shown = await shop.auth.listSessions({ callerAddress: '198.51.100.10' })
  expect(shown.data.map(({ address }) => address)).toContain('198.51.100.9')
})

test('the recipe of a code by mail runs', async () => {
  const shopper = await proven('lia@example.com')
  const env = { ...process.env, TOKEN: inject('token') }
  const asked = await run('sh', ['-euc', await snippet('docs/recipes.md', 'code-ask')], { env })
  const HANDLE = JSON.parse(asked.stdout).handle
  const CODE = await codeMailedTo(shopper.email)
  const typed = await run('sh', ['-euc', await snippet('docs/recipes.md', 'code-verify')], {
    env: { ...env, HANDLE, CODE },
  })
  expect(JSON.parse(typed.stdout).customer.email).toBe(shopper.email)
})

test('the recipe of a login of the shop itself runs', async () => {
  const shopper = await proven('eva@example.com')
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'own-login')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const [me, refused, exported] = stdout.split('\n').flatMap((line) => line && JSON.parse(line))
  expect(me.email).toBe(shopper.email)
  expect(refused.code).toBe('fresh_proof_required')
  expect(exported.sections.account).toMatchObject([{ email: shopper.email }])
})

test('the recipe of the invitation runs, and its link chooses the password', async () => {
  const code = await snippet('docs/recipes.md', 'invite')
  expect(await runTypeScript('invite', code)).toEqual(['invited lee@example.com'])
  const token = (await linkMailedTo('lee@example.com')).searchParams.get('token') ?? ''
  const password = 'correct horse battery'
  await commerce.auth.resetPassword({ token, password })
  const { customer } = await commerce.auth.login({ email: 'lee@example.com', password })
  expect(customer).toMatchObject({ externalId: 'old-17', status: 'active', emailVerified: true })
  expect(await runTypeScript('invite', code)).toEqual([''])
})

test('the recipe of groups that keep themselves runs, and says why', async () => {
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'groups')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const answers = stdout.split('\n').map((line) => (line === '' ? null : JSON.parse(line)))
  const [, preview, made, members, memberships, changed, both, gone, refused, added, none] = answers
  const why = { minSpent: { asked: 50_000, is: 60_000 } }
  expect(preview.customers).toMatchObject([{ email: 'pia@example.com', why }])
  expect(made).toMatchObject({ key: 'big-spender', state: 'running' })
  expect(members.data).toMatchObject([{ source: 'rule', why }])
  expect(memberships.data).toMatchObject([{ key: 'big-spender', source: 'rule', why }])
  expect(changed).toMatchObject({ rule: { minSpent: 55_000 }, state: 'running' })
  expect([both.source, gone, refused.code]).toEqual(['manual', null, 'membership_by_rule'])
  expect([added.added, none.rule]).toEqual([1, null])
  for (const key of ['big-spender', 'spring-sale']) await commerce.groups.delete(key)
})

test('the recipe that follows all events goes on where it stopped', async () => {
  await commerce.customers.findOrCreate({ email: 'feed@example.com' })
  const env = { ...process.env, TOKEN: inject('token') }
  const { stdout } = await run('sh', ['-euc', await snippet('docs/recipes.md', 'feed')], { env })
  const [first, next] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const whole = await collect(commerce.events.list({ limit: 4 }), 4)
  expect([...first.data, ...next.data].map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
})

async function collect<T>(list: AsyncIterable<T>, most: number): Promise<T[]> {
  const found: T[] = []
  for await (const one of list) {
    if (found.push(one) === most) break
  }
  return found
}

test('the recipe of a customer on the telephone runs, and finds who calls', async () => {
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'telephone')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const [byPhone, byName, order] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const rosa = { email: 'rosa@example.com', lastName: 'Müller' }
  expect(byPhone.data).toMatchObject([rosa])
  expect(byName.data).toMatchObject([rosa])
  expect(order).toMatchObject({ id: 'A-1001', customer: rosa })
})

test('the recipe for an export runs, and the sections are all there', async () => {
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'export')
  const { stdout } = await run('sh', ['-euc', code], { env, cwd: project })
  expect(stdout).toMatch(/^account: 1\nconsents: 0\naddresses: 1\nregistrations: 0\n/)
})

test('the recipe for consents runs: marketing waits, a withdrawal counts at once', async () => {
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'consent')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const [granted, pending, found, withdrawn, all] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(granted).toMatchObject({ purpose: 'analytics', state: 'granted', textVersion: '2026-05' })
  expect(pending).toMatchObject({ purpose: 'marketing', state: 'pending' })
  expect(found.data).toMatchObject([{ email: 'asked@example.com' }])
  expect(withdrawn).toMatchObject({ state: 'withdrawn', source: 'telephone' })
  expect(all.data.map((one: { state: string }) => one.state)).toEqual(['withdrawn', 'pending'])
})

test('the recipe for an erasure runs: the customer is gone, and the amounts are not', async () => {
  const env = { ...process.env, TOKEN: inject('token') }
  const code = await snippet('docs/recipes.md', 'erase')
  const { stdout } = await run('sh', ['-euc', code], { env })
  const [receipt, gone, order, again, feed] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(receipt).toMatchObject({ state: 'done', reason: 'requested' })
  expect(gone).toMatchObject({ status: 404, code: 'customer_not_found' })
  expect(order).toMatchObject({ id: 'E-1001', total: 2500, customer: null })
  expect(again).toMatchObject({ id: receipt.id, customerId: receipt.customerId })
  expect(feed.data.at(-1).hashes).toHaveLength(1)
})

test('the recipe for prices reads the groups from the token', async () => {
  const file = join(project, 'prices.js')
  await writeFile(file, await snippet('docs/recipes.md', 'prices'))
  const { default: worker } = await import(file)
  const price = async (token: string) => {
    const request = new Request('http://shop.test/', {
      headers: { Authorization: `Bearer ${token}` },
    })
    return (await worker.fetch(request)).json()
  }
  const email = `price${Date.now()}@example.com`
  const password = 'correct horse battery'
  const { id } = await commerce.customers.create({ email, password })
  await commerce.customers.addToGroup(id, 'wholesale')
  const token = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  const { accessToken } = await commerce.auth.verifyEmail({ token, password })
  expect(await price(accessToken)).toEqual({ price: 1750, group: 'wholesale' })
  expect(await price('')).toEqual({ price: 2500, group: null })
  expect(await price(`${accessToken.slice(0, -4)}AAAA`)).toEqual({ price: 2500, group: null })
})
