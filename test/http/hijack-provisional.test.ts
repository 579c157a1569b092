import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { query } from '../support/rows.ts'
import { shopIn } from '../support/shop.ts'
import { PASSWORD } from '../support/shopper.ts'

// Without verification a stranger's login makes an account of an address that is not its own.
const app = await startTestApp({ settings: { require_email_verification: false } })
const { call } = app
const { freshEmail, guest, record, find } = shopIn(app)
const mails = openMails(app)

const STOLEN = 'a stolen river 43'
const home = {
  line1: '13 Trap St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })

async function strangersAccount() {
  const email = freshEmail()
  await post('/customer', { email, password: STOLEN, firstName: 'Mallory' })
  const { body: session } = await post('/auth/login', { email, password: STOLEN })
  await post('/customer/me/address', home, session.accessToken)
  return { email, id: session.userId as string }
}

async function claimByReset(email: string) {
  await mails.all(email)
  app.advance(61_000)
  await post('/auth/password/forgot', { email })
  const [mail] = await mails.all(email)
  await post('/auth/password/reset', { token: mail?.token, password: PASSWORD })
  await app.cron()
  await app.drain()
}

test('a login without proof of the inbox gets no orders of a guest', async () => {
  const email = freshEmail()
  const visitor = await guest({ email })
  await record(visitor.id, 'provisional-1')
  await post('/customer', { email, password: STOLEN })
  expect((await post('/auth/login', { email, password: STOLEN })).status).toBe(200)
  await app.cron()
  await app.drain()
  expect(await find(visitor.id)).toMatchObject({ id: visitor.id, orderCount: 1 })
})

test('what a stranger wrote is neither a default nor a name of the account that the owner claims', async () => {
  const { email, id: strangers } = await strangersAccount()
  const { body: account } = await call('POST', '/customer', { body: { email } })
  expect(account.id).not.toBe(strangers)
  expect((await find(strangers)).status).toBe('guest')
  await claimByReset(email)
  expect(await find(strangers)).toMatchObject({ id: account.id, mergedFrom: strangers })
  const claimed = await find(account.id)
  expect(claimed.firstName).toBeNull()
  for (const address of claimed.addresses) expect(address.defaultFor).toEqual([])
})

test('a provisional account that a guest leaves no room is deleted with all that its groups know of it', async () => {
  const { email, id } = await strangersAccount()
  await guest({ email })
  await call('POST', `/customer/${id}/group`, { body: { group: 'known' } })
  await query(
    `insert into rule_moment (tenant, group_key, customer_id, next_at) values ($1, 'known', $2, '2100-01-01')`,
    [app.tenant, id],
  )
  await call('POST', '/customer', { body: { email } })
  expect((await call('GET', `/customer/${id}`)).status).toBe(404)
  for (const table of ['membership', 'rule_moment']) {
    expect(await query(`select from ${table} where customer_id = $1`, [id])).toEqual([])
  }
})
