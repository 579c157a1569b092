import { describe, expect, test } from 'vitest'
import { berlin, requestsOf } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app
const { someone } = requestsOf(app)
const id = await someone()
await call('POST', '/group', { body: { key: 'there' } })
const hook = { url: 'https://example.com/hook', events: ['customer.*'] }
const webhook = (await call('POST', '/webhook', { body: hook })).body.id
const street = { line1: 'Rua 1', country: 'AO' }
const address = (await call('POST', `/customer/${id}/address`, { body: street })).body.id

const UNSEEN = '\u200b \u2060\u3164\u2800\u200d\u{e0061}'

describe('a text that shows nothing is no text', () => {
  test.each([
    ['PATCH', `/customer/${id}`, {}, ['firstName', 'lastName', 'externalId']],
    ['POST', '/customer', { email: 'blank@example.com' }, ['firstName', 'lastName', 'externalId']],
    ['POST', '/customer/guest', { email: 'guest@example.com' }, ['firstName', 'lastName']],
    [
      'POST',
      `/customer/${id}/address`,
      { line1: 'Rua 2', country: 'AO' },
      ['label', 'firstName', 'lastName', 'company', 'line2', 'city', 'state', 'postalCode'],
    ],
    [
      'PATCH',
      `/customer/${id}/address/${address}`,
      {},
      ['label', 'firstName', 'lastName', 'company', 'line2', 'city', 'state', 'postalCode'],
    ],
    ['POST', '/group', { key: 'nameless' }, ['name', 'description']],
    ['PATCH', '/group/there', {}, ['name', 'description']],
    ['PATCH', `/webhook/${webhook}`, {}, ['description']],
  ])('%s %s', async (method, path, more, fields) => {
    const unseen = Object.fromEntries(fields.map((field) => [field, UNSEEN]))
    const { status, body } = await call(method, path, { body: { ...more, ...unseen } })
    expect(status).toBeLessThan(300)
    expect(body).toMatchObject(Object.fromEntries(fields.map((field) => [field, null])))
  })

  test.each([
    ['POST', `/customer/${id}/address`, { ...street, line1: UNSEEN }, 'line1'],
    ['PATCH', `/customer/${id}/address/${address}`, { line1: UNSEEN }, 'line1'],
    ['POST', `/customer/${id}/address`, { ...berlin, city: UNSEEN }, 'city'],
    ['PATCH', `/customer/${id}`, { metadata: { [UNSEEN]: 'x' } }, 'metadata'],
    ['GET', `/customer?q=${encodeURIComponent(UNSEEN)}`, undefined, 'q'],
    ['GET', `/customer?externalId=${encodeURIComponent(UNSEEN)}`, undefined, 'externalId'],
  ])('%s %s is refused without a text that it needs', async (method, path, body, field) => {
    const refused = await call(method, path, body === undefined ? {} : { body })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: field }] } })
  })
})
