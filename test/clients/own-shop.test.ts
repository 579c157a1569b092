import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOwnCheckout } from './own-checkout.ts'
import type { Running } from './running.ts'

const shops = `
[vars.tenants.eu]
shopName = "Shop Europe"
shopUrl = "http://localhost:5173"
currency = "EUR"

[vars.tenants.eu.clients.erp]
scopes = ["customer:read", "customer:write"]

[vars.tenants.us]
shopName = "Shop America"
shopUrl = "http://localhost:5174"
currency = "USD"

[vars.tenants.us.clients.till]
scopes = ["customer:write", "customer:read"]
`

let service: Running
beforeAll(async () => {
  service = await startOwnCheckout(
    (toml) => toml.slice(0, toml.indexOf('[vars.tenants.demo]')) + shops,
  )
})
afterAll(() => service?.stop())

test('two shops of one’s own run here: each has a token and a first request, as they were printed', async () => {
  const printed = (await readFile(service.output, 'utf8')).split(/^# (?=eu$|us$)/m).slice(1)
  expect(printed.map((text) => text.split('\n')[0])).toEqual(['eu', 'us'])
  expect(printed.map((text) => /^export (\w+)=/m.exec(text)?.[1])).toEqual(['TOKEN', 'TOKEN_US'])
  const made = printed.map(async (text) => {
    const token = /^export TOKEN(?:_US)?=(\S+)$/m.exec(text)?.[1]
    const body = /-d '(.+)'$/m.exec(text)?.[1] ?? ''
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const answer = await fetch(`${service.url}/customer`, { method: 'POST', headers, body })
    return [answer.status, Object(await answer.json()).currency]
  })
  expect(await Promise.all(made)).toEqual([
    [201, 'EUR'],
    [201, 'USD'],
  ])
})
