import { PASSWORD, startHanzoApp } from '../hanzo.ts'
import { makeShopper } from '../shopper.ts'
import { loginPage, startSocialApp } from '../upstream.ts'
import type { ExtraCall } from './call.ts'

/** Links an identity of another provider by the code of a mail, and comes in by it. */
const bySocial: ExtraCall = async (app, others) => {
  const database = app.wire.connectionString
  const shop = await startSocialApp({ database, frozen: true, sessions: 1 })
  others.push(shop.app)
  const { email } = await makeShopper(shop.app)
  const identity = await shop.prove()
  const linked = await shop.page.link(identity, await shop.page.codeFor(email))
  await shop.app.drain()
  return linked === (await shop.page.enter(identity))
}

/** The same at Hanzo ID. */
const byHanzo: ExtraCall = async (app, others) => {
  const database = app.wire.connectionString
  const shop = await startHanzoApp({ database, frozen: true, sessions: 1 })
  others.push(shop.app)
  const page = loginPage(shop.app)
  const email = 'upstream@example.com'
  const user = { owner: shop.tenant, name: 'upstream', email, password: PASSWORD }
  const brought = shop.hanzo.visit(await page.begin('hanzo'), shop.hanzo.addUser(user))
  const finished = 'status' in brought ? null : await page.finish(brought)
  if (finished?.is !== 'proven') throw new Error('the login failed')
  const linked = await page.link(finished.identity, await page.codeFor(email))
  await shop.app.drain()
  return linked === (await page.enter(finished.identity))
}

export const upstreamCalls: readonly ExtraCall[] = [bySocial, byHanzo]
