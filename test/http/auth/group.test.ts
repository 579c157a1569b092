import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp({ settings: { metadata_service_keys: ['tier'] } })
const { call, tenant } = app

/** Keys that other orders than that of their bytes would put elsewhere. */
const keys = [
  ...['a-b', 'a_b', 'ab', 'a1', 'a-', 'b'],
  ...Array.from({ length: 45 }, (_, n) => `g${n}`),
].sort()

/** The keys of the groups of a shopper, wherever they are shown. */
async function shown(id: string, refreshToken: string) {
  const { body } = await call('POST', '/auth/refresh', { token: null, body: { refreshToken } })
  const { groups, groups_truncated } = decodeJwt(body.accessToken)
  const list = (await call('GET', '/customer/me/group?limit=100', { token: body.accessToken })).body
  return {
    token: [groups, groups_truncated],
    document: (await call('GET', `/customer/${id}`)).body.groups,
    session: body.customer.groups,
    list: list.data.map(({ key }: { key: string }) => key),
    next: body.refreshToken,
  }
}

test('a token has the first fifty groups by their keys, as document and list have them, and says if there are more', async () => {
  await query(
    `insert into "group" (tenant, key, rule, created_at, updated_at)
     select $1, key, '{"metadata":{"tier":"gold"}}', now(), now() from unnest($2::text[]) key`,
    [tenant, keys.toReversed()],
  )
  const shopper = await makeShopper(app)
  const { accessToken, refreshToken } = await logIn(app, shopper)
  expect(decodeJwt(accessToken)).toMatchObject({ groups: [] })
  await call('PATCH', `/customer/${shopper.id}`, { body: { metadata: { tier: 'gold' } } })
  await app.drain()
  const many = await shown(shopper.id, refreshToken)
  expect(many).toMatchObject({ document: keys, session: keys, list: keys })
  expect(many.token).toEqual([keys.slice(0, 50), true])

  await call('DELETE', `/group/${keys[7]}`)
  const left = keys.toSpliced(7, 1)
  const some = await shown(shopper.id, many.next)
  expect(some).toMatchObject({ document: left, session: left, list: left })
  expect(some.token).toEqual([left, undefined])

  await call('PATCH', `/customer/${shopper.id}`, { body: { metadata: { tier: null } } })
  await app.drain()
  expect(await shown(shopper.id, some.next)).toMatchObject({ document: [], list: [] })
})
