import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { startReceiver } from '../support/receiver.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'
import { subscribe } from '../support/webhook.ts'

const DAY = 86_400_000
const receiver = await startReceiver()
const app = await startTestApp({
  development: true,
  fetch: receiver.fetch,
  database: await freshDatabase(),
})
const { call, db, tenant } = app
const { account } = shopIn(app)
const erase = (id: string) => call('POST', `/customer/${id}/erase`, { body: {} })

const answersOfReceivers = async (): Promise<string> => {
  const [rows = []] = await db.run([
    sql`select response_body from delivery where tenant = ${tenant} and response_body is not null`,
  ])
  return JSON.stringify(rows)
}

test('what a receiver answers after the erasure is not stored: it may repeat the message', async () => {
  const { id } = await account({ firstName: 'Latecomer' })
  await app.drain()
  await subscribe(app, `${receiver.url}/late`)
  receiver.on('/late', async (response, { body }) => {
    if (body.includes('Latecomer')) await erase(id)
    response.writeHead(500).end(body)
  })
  await call('PATCH', `/customer/${id}`, { body: { lastName: 'Lingering' } })
  await app.drain()
  expect((await call('GET', `/customer/${id}`)).status).toBe(404)
  expect(await answersOfReceivers()).not.toMatch(/Latecomer|Lingering/)
})

test('what it answers before is stored, and goes with the customer', async () => {
  receiver.on('/late', (response, { body }) => response.writeHead(500).end(body))
  const { id } = await account({ firstName: 'Forerunner' })
  await app.drain()
  expect(await answersOfReceivers()).toContain('Forerunner')
  await erase(id)
  expect(await answersOfReceivers()).not.toContain('Forerunner')
})

test('the receipt names who was told, also when the webhook is deleted and its deliveries are old', async () => {
  receiver.on('/told', (response) => response.writeHead(204).end())
  const webhook = await subscribe(app, `${receiver.url}/told`)
  const { id } = await account()
  await app.drain()
  await erase(id)
  await app.drain()
  const told = async () => {
    const { body } = await call('GET', `/customer/${id}/erasure`)
    return body.webhooks.find((one: { webhookId: string }) => one.webhookId === webhook.id)
  }
  const before = await told()
  expect(before).toMatchObject({ host: new URL(receiver.url).hostname, status: 'delivered' })
  await call('DELETE', `/webhook/${webhook.id}`)
  await db.run([
    sql`update event set at = at - interval '3 years' where tenant = ${tenant} and sequence > 0`,
  ])
  app.advance(91 * DAY)
  await app.cron('17 3 * * *')
  await app.drain()
  expect(await told()).toEqual(before)
  const [rows] = await db.run([
    sql`select distinct e.type from delivery d join event e on e.tenant = d.tenant and e.id = d.event_id
      where d.tenant = ${tenant} and d.webhook_id = ${webhook.id}`,
  ])
  expect(rows).toEqual([{ type: 'customer.erased' }])
})

test('a customer that was deleted can still be exported', async () => {
  const { id } = await account({ lastName: 'Hidden' })
  await call('DELETE', `/customer/${id}`)
  const { status, body } = await call('GET', `/customer/${id}/export`)
  expect([status, body.sections.account[0].lastName]).toEqual([200, 'Hidden'])
  await erase(id)
  expect((await call('GET', `/customer/${id}/export`)).status).toBe(404)
})
