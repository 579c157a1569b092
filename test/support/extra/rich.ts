import { newId } from '#kernel/id'
import type { TestApp } from '../app.ts'
import { openMails } from '../mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../shopper.ts'
import { sql } from '../sql.ts'
import { street } from '../street.ts'
import { type ExtraCall, succeed } from './call.ts'

const post = (app: TestApp, path: string, body?: unknown) =>
  succeed(app, 'POST', path, body === undefined ? {} : { body })

const order = (version: number) => ({
  total: 1000 * version,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-01-02T03:04:05Z',
  version,
})

/** Two customers with something of everything are merged, asked for, and parted when one group is gone. */
const merged: ExtraCall = async (app) => {
  const { tenant, db, runtime } = app
  const { id: keeps } = await post(app, '/customer', { email: 'keeps@example.com' })
  const body = { email: 'goes@example.com', externalId: 'goes-1', metadata: { from: 'goes' } }
  const { id: goes } = await post(app, '/customer', body)
  const { id: follows } = await post(app, '/customer/guest', { email: 'follows@example.com' })
  await post(app, `/customer/${goes}/merge`, { from: follows })
  for (const group of ['shared', 'theirs', 'third'])
    await post(app, `/customer/${goes}/group`, { group })
  await post(app, `/customer/${keeps}/group`, { group: 'shared' })
  for (const line1 of ['1 Rich St', '2 Rich St']) {
    await post(app, `/customer/${goes}/address`, street(line1))
  }
  const record = (id: string, orderId: string, version: number) =>
    succeed(app, 'PUT', `/customer/${id}/order/${orderId}`, { body: order(version) })
  const answers = [
    await record(keeps, 'wandering', 1),
    await record(goes, 'wandering', 2),
    await record(goes, 'wandering', 3),
  ]
  // Noted before, and made needless by the merge by hand.
  await db.run([
    sql`insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
      values (${tenant}, ${newId('merge', runtime.now())}, 'pending', ${keeps}, ${goes}, true, ${runtime.now().toISOString()})`,
  ])
  const merge = await post(app, `/customer/${keeps}/merge`, { from: goes })
  answers.push(merge, await record(goes, 'late-for-goes', 1))
  await succeed(app, 'DELETE', '/group/theirs')
  const { data: book } = await succeed(app, 'GET', `/customer/${keeps}/address`)
  await succeed(app, 'PATCH', `/customer/${keeps}/address/${book[0].id}`, {
    body: { line1: '3 Rich St' },
  })
  answers.push(await post(app, `/merge/${merge.id}/undo`))
  for (const id of [keeps, goes, follows]) {
    answers.push(await succeed(app, 'GET', `/customer/${id}`))
  }
  // Another one gets the external id.
  await succeed(app, 'PATCH', `/customer/${goes}`, { body: { externalId: null } })
  await post(app, '/customer', { email: 'heir@example.com', externalId: 'goes-1' })
  return answers
}

/** A guest with everything but an order, and one that was merged into it, are old when the clock comes. */
const oldGuest: ExtraCall = async (app) => {
  const { id } = await post(app, '/customer/guest', {
    email: 'old-guest@example.com',
    firstName: 'Olden Days',
  })
  const { id: other } = await post(app, '/customer/guest', { email: 'older-guest@example.com' })
  await post(app, `/customer/${id}/merge`, { from: other })
  await post(app, `/customer/${id}/group`, { group: 'old-guests' })
  await post(app, `/customer/${id}/address`, street('1 Old St'))
}

/** Counters that are wrong, in a scan that another run has begun: after one customer. */
const wrongCounters: ExtraCall = async (app) => {
  const { tenant, db, runtime } = app
  const { id } = await post(app, '/customer', { email: 'counted@example.com' })
  await db.run([
    sql`update customer set order_count = 7 where tenant = ${tenant} and id = ${id}`,
    sql`insert into scan_progress (tenant, task, position, examined, hits, started_at)
      values (${tenant}, 'counters', '', 0, 0, ${runtime.now().toISOString()})`,
  ])
  const [[made] = []] = await db.run([
    sql`select proname as name from pg_proc where starts_with(proname, 'correct_counters_')`,
  ])
  await db.run([
    sql`select ${sql.raw(String(made?.name))}(${tenant}, 'USD', ${runtime.now().toISOString()}, 1, ${newId('job', runtime.now())})`,
  ])
}

/** Accounts that strangers' logins made give way to those of a service: one becomes a guest, one has a guest already. */
const provisional: ExtraCall = async (app) => {
  const settings = app.runtime.config.tenants.get(app.tenant)
  if (settings === undefined) throw new Error('no settings')
  const { require_email_verification } = settings
  Object.assign(settings, { require_email_verification: false })
  const answers = []
  for (const email of ['given-way@example.com', 'had-guest@example.com']) {
    const token = await app.storefrontToken()
    const body = { email, password: PASSWORD }
    await succeed(app, 'POST', '/customer', { token, body })
    const { userId } = await succeed(app, 'POST', '/auth/login', { token, body })
    await post(app, `/customer/${userId}/address`, street('1 Strange St'))
    await post(app, `/customer/${userId}/group`, { group: 'strangers' })
    if (email.startsWith('had')) await post(app, '/customer/guest', { email })
    answers.push(await post(app, '/customer', { email }))
  }
  Object.assign(settings, { require_email_verification })
  return answers
}

/** An account with sessions, links, mails and failures, which somebody closes. */
async function makeBusy(app: TestApp): Promise<string> {
  const mails = openMails(app)
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logIn(app, shopper)
  const email = someAddress()
  await mails.all()
  await succeed(app, 'POST', '/auth/email/change', { token, body: { email, password: PASSWORD } })
  const link = (await mails.next(email)).token
  await succeed(app, 'POST', '/auth/email/confirm', { token, body: { token: link } })
  const storefront = await app.storefrontToken()
  for (let tries = 0; tries < 6; tries++) {
    await app.call('POST', '/auth/login', {
      token: storefront,
      body: { email, password: 'not the right one 42' },
    })
  }
  app.advance(61_000)
  await succeed(app, 'POST', '/auth/password/forgot', { token: storefront, body: { email } })
  return shopper.id
}

const closed: ExtraCall = async (app) => {
  await succeed(app, 'DELETE', `/customer/${await makeBusy(app)}`)
  const { id } = await post(app, '/customer', { email: 'takes-over@example.com' })
  await post(app, `/customer/${id}/merge`, { from: await makeBusy(app) })
  // It stays as it is.
  await makeBusy(app)
}

/** Customers who have something of everything, and what becomes of that. */
export const richCalls: readonly ExtraCall[] = [
  merged,
  oldGuest,
  wrongCounters,
  provisional,
  closed,
]
