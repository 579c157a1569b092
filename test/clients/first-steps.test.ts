import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { startReceiver } from '../support/receiver.ts'
import { until } from '../support/until.ts'
import { linkMailedTo } from './mail.ts'
import { snippet } from './snippet.ts'

const run = promisify(execFile)
const env: Record<string, string | undefined> = { ...process.env, TOKEN: inject('token') }

/** Runs a block of the page in a shell that has what the blocks before have set. Resolves with what it prints. */
async function follow(
  name: string,
  edit = (code: string) => code,
  page = 'docs/first-steps.md',
): Promise<string> {
  const code = edit(await snippet(page, name))
  const { stdout } = await run('sh', ['-euc', `${code}\nprintf '\\n--\\n'; env`], { env })
  return keep(stdout)
}

/** Keeps the variables for the next block; the shell of a reader goes on. */
function keep(stdout: string): string {
  const [said = '', variables = ''] = stdout.split('\n--\n')
  for (const line of variables.split('\n')) {
    const [, name = '', value] = /^(GUEST|STORE|SHOPPER|HOOK)=(.*)$/.exec(line) ?? []
    if (name !== '') env[name] = value
  }
  return said
}

/** A shell hands on to `env` only what it exports. */
const exported = (code: string) => `set -a\n${code}`

test('the page of the first steps is followed to its end, block by block', async () => {
  const email = 'lea@example.com'
  const staff = new Commerce({ baseUrl: inject('url'), clientId: 'dev', clientSecret: 'dev' })
  expect(await follow('steps-guest', exported)).toContain('"applied":true')
  expect(JSON.parse(await follow('steps-counters'))).toMatchObject({
    orderCount: 1,
    totalSpent: 2500,
  })
  expect(await follow('steps-register', exported)).toBe('{"status":"accepted"}')
  env.MAIL_TOKEN = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  expect(await follow('steps-verify')).toContain('"accessToken":"')
  await until(
    async () => (await staff.customers.retrieve(env.GUEST ?? '')).status === 'active',
    200,
  )
  const me = JSON.parse(await follow('steps-login', exported))
  expect(me).toMatchObject({ email, orderCount: 1, totalSpent: 2500 })
  expect(me.addresses).toHaveLength(1)
  const told = await follow('steps-staff')
  expect(told).toContain(`"id":"${me.id}"`)
  expect(told).toContain('"type":"customer.merged"')
  expect(told).toContain('"type":"customer.order_recorded"')
  const receiver = await startReceiver()
  const here = (code: string) => exported(code.replace('http://localhost:4000', receiver.url))
  const heard = await follow('steps-webhook', here)
  expect(heard).toContain('"delivered":true')
  expect(heard).toContain('"lastName":"Meyer"')
  await until(async () =>
    receiver.at('/hook').some(({ body }) => JSON.parse(body).type === 'customer.updated'),
  )
  const replayed = await follow('replay', exported, 'docs/recipes.md')
  expect(replayed.match(/"status":"accepted"/g)).toHaveLength(3)
  expect(replayed.match(/"deliveries":[1-9]/g)).toHaveLength(2)
  await until(async () =>
    receiver.at('/hook').some(({ body }) => JSON.parse(body).data.customerId === env.GUEST),
  )
  await staff.webhooks.delete(env.HOOK ?? '')
  await staff.customers.delete(me.id)
})
