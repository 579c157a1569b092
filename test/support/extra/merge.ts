import type { TestApp } from '../app.ts'
import { between } from '../between.ts'
import { openMails } from '../mail.ts'
import { PASSWORD } from '../shopper.ts'
import { sql } from '../sql.ts'
import { street } from '../street.ts'
import { type ExtraCall, succeed } from './call.ts'

const order = {
  total: 2500,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-01-02T03:04:05Z',
  version: 1,
}

/** A guest that has what an account lacks. */
async function makeGuest(app: TestApp, email: string): Promise<string> {
  const body = { email, firstName: 'Gail', phone: '+14155550123', address: street('9 Main St') }
  const { id } = await succeed(app, 'POST', '/customer/guest', { body })
  await succeed(app, 'PUT', `/customer/${id}/order/order-of-${email.split('@')[0]}`, {
    body: order,
  })
  return id
}

/** Fills the account, is asked for again, and is undone. */
const byHand: ExtraCall = async (app) => {
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'into@example.com' } })
  const body = { from: await makeGuest(app, 'from@example.com') }
  const { id: merge } = await succeed(app, 'POST', `/customer/${id}/merge`, { body })
  await succeed(app, 'POST', `/customer/${id}/merge`, { body })
  await succeed(app, 'POST', `/merge/${merge}/undo`)
}

/** The address of a guest is proven by who registers with it. */
async function prove(app: TestApp, email: string): Promise<void> {
  await makeGuest(app, email)
  const token = await app.storefrontToken()
  await succeed(app, 'POST', '/customer', { token, body: { email, password: PASSWORD } })
  const link = (await openMails(app).next(email)).token
  const body = { token: link, password: PASSWORD }
  await succeed(app, 'POST', '/auth/verify-email', { token, body })
}

const byJob: ExtraCall = (app) => prove(app, 'proven@example.com')

/** The store stops to want such merges while one is due. */
const unwanted: ExtraCall = async (app) => {
  await prove(app, 'unwanted@example.com')
  const settings = app.runtime.config.tenants.get(app.tenant)
  if (settings === undefined) throw new Error('no settings')
  const { auto_merge_guest } = settings
  Object.assign(settings, { auto_merge_guest: false })
  await app.drain()
  Object.assign(settings, { auto_merge_guest })
}

/** A merge that is due is possible no more when its job comes to it. */
const refused: ExtraCall = async (app) => {
  const { db, tenant, wire } = app
  await prove(app, 'refused@example.com')
  await between(wire, /apply_merges_/, app.drain, () =>
    db.run([
      sql`update customer set claimed_at = null
        where tenant = ${tenant} and email_key = 'refused@example.com' and status = 'active'`,
    ]),
  )
}

export const mergeCalls: readonly ExtraCall[] = [byHand, byJob, unwanted, refused]
