import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { home, office, requestsOf } from '../support/address-book.ts'
import type { CallOptions } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call } = app
const { someone, add, held } = requestsOf(app)

describe('who may', () => {
  test('a shopper does everything with its own addresses, as `me` or by id', async () => {
    const id = await someone()
    const token = await app.shopperToken(id)
    const { status, body } = await call('POST', '/customer/me/address', { token, body: home })
    expect(status).toBe(201)
    const path = `/customer/me/address/${body.id}`
    expect((await call('GET', `/customer/${id}/address`, { token })).body.data).toEqual([body])
    expect((await call('GET', path, { token })).body).toEqual(body)
    expect((await call('PATCH', path, { token, body: { label: 'A' } })).body.label).toBe('A')
    expect((await call('DELETE', path, { token })).status).toBe(204)
  })

  const routes = ['GET', 'POST', 'GET /', 'PATCH /', 'DELETE /'] as const
  const tryAll = async (id: string, address: string, options: CallOptions) => {
    const answers = []
    for (const route of routes) {
      const [method = '', one] = route.split(' ')
      const body = method === 'POST' ? home : method === 'PATCH' ? { label: 'X' } : undefined
      const path = `/customer/${id}/address${one === undefined ? '' : `/${address}`}`
      const { status, body: problem } = await call(method, path, { ...options, body })
      answers.push([status, { ...problem, requestId: '' }])
    }
    return answers
  }

  test("a shopper reaches nobody else's, a reader writes none, a storefront sees none", async () => {
    const id = await someone()
    const { body } = await add(id, home)
    const codes = async (token: string) =>
      (await tryAll(id, body.id, { token })).map(([status, problem]) => [
        status,
        Object(problem).code,
      ])
    expect(await codes(await app.shopperToken(newId('customer', new Date())))).toEqual(
      routes.map(() => [403, 'caller_not_allowed']),
    )
    expect(await codes(app.tokens.storefront)).toEqual(
      routes.map(() => [403, 'caller_not_allowed']),
    )
    const reader = await codes(await app.tokenWith('customer:read'))
    expect(reader.map(([status]) => status)).toEqual([200, 403, 200, 403, 403])
    expect(await held(id)).toEqual([body])
  })

  test('what is foreign answers like what does not exist', async () => {
    const id = await someone()
    const { body } = await add(id, home)
    const nobody = newId('customer', new Date())
    const nothing = newId('address', new Date())
    const token = app.tokens.stranger
    const foreign = await tryAll(id, body.id, { token })
    expect(foreign).toEqual(await tryAll(nobody, nothing, { token }))
    expect(foreign.map(([status]) => status)).toEqual(routes.map(() => 404))
    const other = await someone()
    const ofAnother = await tryAll(other, body.id, {})
    await call('DELETE', `/customer/${other}`)
    const third = await someone()
    expect(ofAnother.slice(2)).toEqual((await tryAll(third, nothing, {})).slice(2))
    expect(ofAnother.slice(2)).toEqual((await tryAll(await someone(), '%00', {})).slice(2))
    const deleted = await tryAll(other, body.id, {})
    expect(deleted.map(([, problem]) => Object(problem).code)).toEqual(
      routes.map(() => 'customer_not_found'),
    )
    expect(await held(id)).toEqual([body])
  })
})

describe('a merged customer', () => {
  const merged = async () => {
    const [guest, survivor] = [await someone(), await someone()]
    await app.db.run([
      sql`update customer set status = 'merged', merged_into = ${survivor}
        where tenant = ${app.tenant} and id = ${guest}`,
    ])
    return { guest, survivor }
  }

  test("is read as its survivor's addresses", async () => {
    const { guest, survivor } = await merged()
    const { body: address } = await add(survivor, home)
    const list = await call('GET', `/customer/${guest}/address`)
    expect(list.body.data).toEqual([address])
    expect(list.headers.get('Content-Location')).toBe(`/customer/${survivor}/address`)
    const one = await call('GET', `/customer/${guest}/address/${address.id}`)
    expect(one.body).toEqual(address)
    expect(one.headers.get('Content-Location')).toBe(`/customer/${survivor}/address/${address.id}`)
    const own = await call('GET', `/customer/${survivor}/address`)
    expect(own.headers.get('Content-Location')).toBeNull()
  })

  test('is not written to', async () => {
    const { guest, survivor } = await merged()
    const { body: address } = await add(survivor, home)
    const path = `/customer/${guest}/address/${address.id}`
    for (const answer of [
      await add(guest, office),
      await call('PATCH', path, { body: { label: 'X' } }),
      await call('DELETE', path),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'customer_merged'])
    }
    expect(await held(survivor)).toEqual([address])
  })
})
