import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { someone } from '../support/group.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app

test('the tags of the source page name groups, and so does every spelling, wherever a group is named', async () => {
  const id = await someone(app)
  for (const [written, key, other] of [
    ['VIP', 'vip', ' ｖｉｐ '],
    ['B2B', 'b2b', 'b2b'],
    ['Wholesale – EU', 'wholesale-eu', 'WHOLESALE  EU'],
    ['Händler', 'handler', 'HA\u0308NDLER'],
    ['A/B+', 'ab-2890dba6', 'a/b+'],
    ['会员', 'g-0efb3a20', '会员'],
  ] as const) {
    const inPath = encodeURIComponent(other)
    const added = await call('POST', `/customer/${id}/group`, { body: { group: written } })
    expect(added).toMatchObject({ status: 201, body: { key, groups: [key] } })
    const again = await call('POST', `/customer/${id}/group`, { body: { group: other } })
    expect(again).toMatchObject({ status: 200, body: { key } })
    const group = { key, name: written }
    for (const text of [inPath, key]) {
      expect(await call('GET', `/group/${text}`)).toMatchObject({ status: 200, body: group })
    }
    const taken = await call('POST', '/group', { body: { key: other } })
    expect(taken.body.code).toBe('group_taken')
    const changed = await call('PATCH', `/group/${inPath}`, { body: { description: 'x' } })
    expect(changed).toMatchObject({ status: 200, body: { ...group, description: 'x' } })
    const member = { data: [{ customerId: id }] }
    expect((await call('GET', `/group/${inPath}/member`)).body).toMatchObject(member)
    for (const filter of [`group=${inPath}`, `group=${inPath}&group=${key}&groupMode=all`]) {
      expect((await call('GET', `/customer?${filter}`)).body).toMatchObject({ data: [{ id }] })
    }
    expect((await call('GET', `/customer/${id}/group`)).body).toMatchObject({ data: [{ key }] })
    expect((await call('DELETE', `/customer/${id}/group/${inPath}`)).status).toBe(204)
    const back = await call('POST', `/group/${inPath}/member`, { body: { add: [id] } })
    expect(back.body).toMatchObject({ added: 1 })
    const out = await call('POST', `/group/${key}/member`, { body: { remove: [id] } })
    expect(out.body).toMatchObject({ removed: 1 })
    expect((await call('DELETE', `/group/${inPath}`)).status).toBe(204)
  }
})

test('what named a new group is its name, unless it gets another', async () => {
  const id = await someone(app)
  const make = async (body: object) => (await call('POST', '/group', { body })).body
  expect(await make({ key: ' Grand Cru ' })).toMatchObject({ key: 'grand-cru', name: 'Grand Cru' })
  expect(await make({ key: 'ÉLITE', name: 'Top' })).toMatchObject({ key: 'elite', name: 'Top' })
  expect(await make({ key: 'plain', name: null })).toMatchObject({ key: 'plain', name: null })
  await call('POST', `/group/${encodeURIComponent('Early Birds')}/member`, { body: { add: [id] } })
  expect((await call('GET', '/group/early-birds')).body.name).toBe('Early Birds')
  await call('POST', `/customer/${id}/group`, { body: { group: 'EARLY BIRDS' } })
  expect((await call('GET', '/group/early-birds')).body.name).toBe('Early Birds')
})

test('a token carries the keys', async () => {
  const shopper = await makeShopper(app)
  await call('POST', `/customer/${shopper.id}/group`, { body: { group: 'B2B' } })
  await call('POST', `/customer/${shopper.id}/group`, { body: { group: 'VIP' } })
  const { accessToken } = await logIn(app, shopper)
  expect(decodeJwt(accessToken)).toMatchObject({ groups: ['b2b', 'vip'] })
})

test.each([
  ['', 'too_small'],
  [' ', 'too_small'],
  ['\u200b\u3164', 'too_small'],
  ['a'.repeat(101), 'too_big'],
  ['a\u0000', 'invalid_text'],
  ['\ud800', 'invalid_text'],
  [7, 'invalid_type'],
])('%j names no group', async (text, code) => {
  const id = await someone(app)
  for (const [path, body, field] of [
    ['/group', { key: text }, 'key'],
    [`/customer/${id}/group`, { group: text }, 'group'],
  ] as const) {
    const refused = await call('POST', path, { body })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: field, code }] } })
  }
  if (typeof text !== 'string' || !text.isWellFormed()) return
  const inPath = encodeURIComponent(text)
  expect((await call('GET', `/customer?group=${inPath}`)).status).toBe(422)
  if (text !== '') expect((await call('GET', `/group/${inPath}`)).status).toBe(404)
})
