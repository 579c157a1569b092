import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../../dev/lock-folder.ts'
import { migrate } from '../../dev/migrate.ts'
import { findFreePort } from '../../dev/port.ts'
import { startPostgres } from '../../dev/postgres.ts'
import { runServiceUntilStopped } from '../../dev/run-service.ts'
import { copyEmptyCluster } from '../../dev/sql/copy-empty-cluster.ts'
import { ownConfig } from '../support/own-config.ts'
import { shippedText as toml } from '../support/shipped.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-serve-'))
const data = join(root, 'data')
afterAll(() => rmSync(root, { recursive: true }))
// To make a cluster takes longer than all else here, and is another test's.
mkdirSync(data)
await copyEmptyCluster(join(data, 'postgres'))

/** In the place of wrangler: is ready, and gives a token. */
async function startStandIn({ port }: { readonly port: number }) {
  const server = createHttpServer((_, answer) => answer.end('{"access_token":"a-token"}'))
  await once(server.listen(port), 'listening')
  return {
    crashed: new Promise<never>(() => undefined),
    stop: async () => void server.close(),
  }
}

/** What a start that cannot go on says, once it has ended with 1 and nobody uses its data folder any more. */
async function refusal(
  env: Record<string, string>,
  args: readonly string[] = [],
  print: (text: string) => void = () => expect.unreachable('it is not ready'),
  config = ownConfig(toml),
): Promise<string[]> {
  const said: string[] = []
  const code = await runServiceUntilStopped({
    args,
    env: { DATA_DIR: data, PORT: String(await findFreePort()), STOREFRONT_PORT: '0', ...env },
    print: (text) => {
      if (!text.startsWith('starting: ')) print(text)
    },
    complain: (text) => void said.push(text),
    signal: new AbortController().signal,
    startWorker: startStandIn,
    config,
  })
  expect(code).toBe(1)
  expect(isRunning(join(data, 'postgres'))).toBe(false)
  if (existsSync(data)) (await lockFolder(data))()
  return said
}

const pidOf = (folder: string) =>
  Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)

/** Whether the server of a cluster is there; one that was killed leaves its file behind. */
function isRunning(folder: string): boolean {
  if (!existsSync(join(folder, 'postmaster.pid'))) return false
  try {
    return process.kill(pidOf(folder), 0)
  } catch {
    return false
  }
}

/** Changes the data as somebody else would. */
async function change(work: (client: pg.Client, url: string) => Promise<unknown>): Promise<void> {
  const postgres = await startPostgres({
    folder: join(data, 'postgres'),
    settings: { fsync: 'off' },
  })
  const client = new pg.Client(postgres.connectionString())
  await client.connect()
  await work(client, postgres.connectionString())
  await client.end()
  await postgres.stop()
}

test('a start says in one sentence that its port is in use', async () => {
  const server = createServer()
  const port = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(String(typeof address === 'object' && address?.port))
    })
  })
  expect(await refusal({ PORT: port })).toEqual([
    `Port ${port} is in use: choose another one, such as PORT=${Number(port) + 1} DATA_DIR=${data} STOREFRONT_PORT=0 npm start`,
  ])
  server.close()
})

test('a start says in one sentence that the port of the storefront is none', async () => {
  expect(await refusal({ STOREFRONT_PORT: '-1' })).toEqual([
    'STOREFRONT_PORT must be a number from 0 to 65535, not -1',
  ])
})

test.each(['http', '65536'])('a start says in one sentence that %s is no port', async (port) => {
  expect(await refusal({ PORT: port })).toEqual([
    `PORT must be a number from 1 to 65535, not ${port}`,
  ])
})

test('a start says in one sentence that its data folder is a file', async () => {
  const file = join(root, 'file')
  writeFileSync(file, '')
  expect(await refusal({ DATA_DIR: file })).toEqual([
    expect.stringMatching(
      /^DATA_DIR .*file cannot be created: .*file is not a folder; choose another folder$/,
    ),
  ])
})

test.each([
  ['--frsh', "Unknown option '--frsh'; did you mean --fresh?"],
  ['now', "Unexpected argument 'now':"],
])('a start says that there is no option %s, and what lists all', async (option, what) => {
  expect(await refusal({}, [option])).toEqual([`${what} npm start -- --help lists all options`])
})

test('a start that is asked for help says what there is, and starts nothing', async () => {
  const said: string[] = []
  const code = await runServiceUntilStopped({
    args: ['--help'],
    env: { PORT: 'none', DATA_DIR: '/dev/null/none' },
    print: (text) => void said.push(text),
    complain: (text) => expect.unreachable(text),
    signal: new AbortController().signal,
  })
  expect([code, said.length]).toEqual([0, 1])
  for (const name of ['--fresh', 'PORT ', 'DATA_DIR', 'STOREFRONT_PORT', 'CLIENT_SECRETS'])
    expect(said[0]).toContain(name)
  expect(said[0]).toContain('http://localhost:8787/dev/mail')
})

test.each<[edit: (text: string) => string, sentence: string]>([
  [
    (text) => text.replace('max_addresses', 'max_adresses'),
    'Configuration: customer.max_adresses is unknown; did you mean max_addresses?',
  ],
  [
    (text) => text.replace('shopName', 'shopname'),
    'Configuration: tenants.demo.shopName is missing; tenants.demo.shopname is unknown; did you mean shopName?',
  ],
  [
    (text) => text.replace('[vars.customer]', '[vars.custmer]'),
    'wrangler.toml: vars.custmer is unknown; did you mean customer?',
  ],
  [
    (text) => text.replace('password_min_length = 8', 'password_min_length = "8"'),
    'Configuration: customer.password_min_length: must be a number, without quotes',
  ],
  [
    (text) => text.replace('max_addresses = 10', 'max_addresses = 0'),
    'Configuration: customer.max_addresses: must be at least 1',
  ],
  [
    (text) => text.replace('"customer:read"', '"customer:reed"'),
    'Configuration: tenants.demo.clients.dev.scopes: customer:reed is unknown; did you mean customer:read?',
  ],
  [
    (text) => `name = x\n${text}`,
    'wrangler.toml, line 1, column 8: invalid value; text needs quotes',
  ],
  [
    (text) => `name = "x\n${text}`,
    'wrangler.toml, line 1, column 10: the text does not end: a quote may be missing in line 1',
  ],
  [
    (text) => text.replace('"customer:write", ', '"customer:write, '),
    expect.stringMatching(
      /^wrangler\.toml, line (\d+), .*; a quote or a comma may be missing in line \1$/,
    ),
  ],
  [
    (text) => text.replace('[vars.tenants.demo]', '[vars.tenants.dmeo]'),
    'Configuration: tenants.demo has no shopName, shopUrl, currency; did you mean tenants.dmeo?',
  ],
  [
    (text) => text.slice(0, text.indexOf('[vars.tenants.demo]')),
    'wrangler.toml: vars.tenants is missing: add [vars.tenants.<key>] with shopName, shopUrl and currency (docs/deploy.md)',
  ],
  [
    (text) => text.replace(/^\[\[send_email\]\]\nname = .*$/m, ''),
    'wrangler.toml: send_email is missing: one must have name = "MAIL"',
  ],
  [
    (text) =>
      `${text}[vars.tenants.demo.providers.google]\nissuer = "https://accounts.google.com"\nclient_id = "x"\n`,
    'Configuration: PROVIDER_SECRETS.demo.google is missing: write it into .dev.vars',
  ],
])(
  'a start says in one sentence what is wrong in wrangler.toml, and starts nothing (%#)',
  async (edit, sentence) => {
    const config = join(root, 'wrangler.toml')
    writeFileSync(config, edit(toml))
    expect(await refusal({}, [], undefined, config)).toEqual([sentence])
  },
)

test('a start says in one sentence that the secrets in .dev.vars are not what they must be', async () => {
  const own = join(root, 'own')
  mkdirSync(own)
  const config = join(own, 'wrangler.toml')
  writeFileSync(config, toml)
  writeFileSync(join(own, '.dev.vars'), `CLIENT_SECRETS='{"demo":"a secret of mine"}'`)
  const [sentence, ...others] = await refusal({}, [], undefined, config)
  expect(others).toEqual([])
  expect(sentence).toMatch(/^CLIENT_SECRETS in \.dev\.vars must be JSON like .*$/)
  expect(sentence).not.toContain('of mine')
})

test.each([
  [`CLIENT_SECRETS='{"dmeo":{"dev":["x"]}}'`, 'CLIENT_SECRETS.dmeo is unknown; did you mean demo?'],
  [
    `CLIENT_SECRETS='{"demo":{"storefornt":["x"]}}'`,
    'CLIENT_SECRETS.demo.storefornt is unknown; did you mean storefront?',
  ],
  [
    `CLIENT_SECRETS='{"demo":{"erp":["x"]}}'`,
    'CLIENT_SECRETS.demo.erp is unknown: add it to wrangler.toml first, or take it out',
  ],
  [`CLIENT_SECRET='x'`, 'CLIENT_SECRET is unknown; did you mean CLIENT_SECRETS?'],
  ['MASTER_SECRET=short', 'MASTER_SECRET is set by npm start itself: take it out'],
  ['PUBLIC_URL=x', 'PUBLIC_URL is set by npm start itself: take it out'],
  [
    'OTHER=x',
    'OTHER is unknown: the file may have CLIENT_SECRETS, PROVIDER_SECRETS, HANZO_SECRETS',
  ],
  [`HANZO_SECRETS='{"dmo":"x"}'`, 'HANZO_SECRETS.dmo is unknown; did you mean demo?'],
  [
    `PROVIDER_SECRETS='{"demo":{"google":"x"}}'`,
    'PROVIDER_SECRETS.demo.google is unknown: add it to wrangler.toml first, or take it out',
  ],
])(
  'a start says in one sentence that %s in .dev.vars is read by nothing',
  async (line, sentence) => {
    const config = ownConfig(toml)
    writeFileSync(join(dirname(config), '.dev.vars'), `${line}\n`)
    expect(await refusal({}, [], undefined, config)).toEqual([`.dev.vars: ${sentence}`])
  },
)

test('a start says in one sentence that its configuration is not there', async () => {
  const file = join(root, 'none.toml')
  expect(await refusal({}, ['--config', file])).toEqual([
    `${file} is missing: in a clone, git checkout wrangler.toml brings it back`,
  ])
})

test('a start says in one sentence that its data is not what the migrations expect', async () => {
  await change((client) => client.query('create table customer (id int)'))
  expect(await refusal({})).toEqual([
    `The data in ${data} was made by other migrations (relation "customer" already exists): ` +
      'npm start -- --fresh deletes the data',
  ])
})

test('a start says in one sentence that its data was made by other migrations', async () => {
  await change(async (client, url) => {
    await client.query('drop table customer')
    await migrate(url)
    await client.query(`update drizzle.__drizzle_migrations set hash = 'older'`)
  })
  expect(await refusal({})).toEqual([
    `The data in ${data} was made by other migrations (the database was made ` +
      'with another version of 0000_tables.sql): npm start -- --fresh deletes the data',
  ])
})

test('a start forgets everything when asked to, goes on if the port of the storefront is taken, and says that PostgreSQL ended by itself', async () => {
  const taken = createHttpServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const shopPort = String(typeof address === 'object' && address?.port)
  const others = ['notes.txt', 'env', 'wrangler']
  for (const name of others) writeFileSync(join(data, name), "MASTER_SECRET='mine'")
  const said = await refusal({ STOREFRONT_PORT: shopPort }, ['--fresh'], (text) => {
    const taken = `Port ${shopPort} is in use: the example storefront does not start, and mails lead to http://localhost:3000. Choose another port with STOREFRONT_PORT.`
    expect(text.replace(taken, 'TAKEN')).toMatch(
      /^ready (http:\S+)\nmail \1\/dev\/mail\nTAKEN\n(Nothing runs at http:\/\/localhost:3000, where the links of mails lead\..*\n)?\nexport TOKEN=a-token\ncurl -X POST \1\/customer /,
    )
    process.kill(pidOf(join(data, 'postgres')), 'SIGKILL')
  })
  taken.close()
  expect(said).toEqual(['PostgreSQL ended by itself (SIGKILL)'])
  const left = others.filter((name) => existsSync(join(data, name)))
  expect(left).toEqual(['notes.txt', 'env'])
  expect(readFileSync(join(data, 'notes.txt'), 'utf8')).toContain('mine')
  expect(readFileSync(join(data, 'env'), 'utf8')).not.toContain('mine')
  await change(async (client) => {
    expect((await client.query('select from customer')).rowCount).toBe(0)
  })
})
