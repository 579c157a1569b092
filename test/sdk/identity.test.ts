import { expect, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { startTestApp } from '../support/app.ts'
import { linkSomething } from '../support/identity.ts'
import { ageProofs, logIn, makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const baseUrl = 'http://customer.test'

test('a page lists the logins at other providers, and removes one', async () => {
  const shopper = await makeShopper(app)
  const commerce = new Commerce({
    baseUrl,
    clientId: `${app.tenant}-storefront`,
    clientSecret: 'secret',
    fetch: (url, init) => app.request(url.slice(baseUrl.length), init),
  })
  commerce.setToken(await logIn(app, shopper))
  const id = await linkSomething(app, shopper.id)
  const { identity } = commerce.auth
  expect((await identity.list()).data).toMatchObject([{ id, provider: 'social' }])
  await identity.remove(id)
  await expect(identity.remove(id)).rejects.toMatchObject({ code: 'identity_not_found' })
  expect((await identity.list()).data).toEqual([])
  await ageProofs(app, shopper.id)
  await expect(identity.remove(id)).rejects.toMatchObject({ code: 'fresh_proof_required' })
})
