import type { BenchService } from './bench-service.ts'
import { listCountCases } from './count-case.ts'
import type { FilledTenant } from './filled-tenant.ts'
import type { BenchRequest } from './load.ts'
import { ruleCases } from './rule-cases-and-answer-json.ts'

/** One kind of request, and how its requests are made. */
export type Case = {
  /** METHOD and route pattern, and the case in brackets. */
  readonly name: string
  readonly status: number
  readonly next: () => BenchRequest
  /** Makes what its requests name, once before the first of them. */
  readonly prepare?: (stage: BenchService) => Promise<void>
}

/** Spreads over all customers without a pattern that a cache would like. */
function anyCustomer({ customers, idOf }: FilledTenant): () => string {
  let turn = 0
  const step = 7919
  return () => {
    turn += step
    return idOf(turn % customers)
  }
}

/** Every kind of route, each with requests that do real work. `run` keeps the addresses of two runs apart. */
export function casesOf(filled: FilledTenant, run: string): Case[] {
  const someone = anyCustomer(filled)
  let count = 0
  const fresh = () => `${run}-${++count}`
  const customer = () => ({
    email: `bench-${fresh()}@bench.example`,
    firstName: 'Bench',
    lastName: 'Mark',
  })
  const address = () => ({
    line1: `${fresh()} Main St`,
    city: 'San Francisco',
    state: 'CA',
    postalCode: '94102',
    country: 'US',
  })
  const keyed = () => ({ 'Idempotency-Key': fresh() })
  const order = () => ({
    total: 2500,
    refunded: 0,
    currency: 'USD',
    state: 'paid',
    placedAt: '2026-01-02T03:04:05Z',
    version: 1,
  })
  const newcomer = anyCustomer(filled)
  let memberships = 0
  /** Nobody twice into the same group, which would be another answer. */
  const nextMembership = () => {
    const nth = memberships++
    const group = Math.floor(nth / filled.customers) * 50 + (nth % 50)
    return { path: `/customer/${newcomer()}/group`, body: { group: `g${group}-${run}` } }
  }
  const read = (name: string, path: () => string): Case => ({
    name,
    status: 200,
    next: () => ({ method: 'GET', path: path() }),
  })
  return [
    read('GET /customer/{id}', () => `/customer/${someone()}`),
    read('GET /customer/{id}/address', () => `/customer/${someone()}/address`),
    read('GET /customer/{id}/group', () => `/customer/${someone()}/group`),
    read('GET /customer/{id}/order', () => `/customer/${someone()}/order`),
    read('GET /customer/{id}/stats', () => `/customer/${someone()}/stats`),
    read('GET /customer/{id}/event', () => `/customer/${someone()}/event`),
    read('GET /customer/{id}/export', () => `/customer/${someone()}/export`),
    {
      name: 'PUT /customer/{id}/consent/{purpose}',
      status: 200,
      next: () => ({
        method: 'PUT',
        path: `/customer/${someone()}/consent/analytics`,
        body: { state: 'granted', textVersion: fresh() },
      }),
    },
    read('GET /customer [20]', () => '/customer'),
    read('GET /customer [page 1000]', () => filled.deepPage),
    read(
      'GET /customer [group, minOrders, totalSpent]',
      () => '/customer?group=vip&minOrders=5&sort=totalSpent:desc',
    ),
    ...listCountCases,
    read('GET /event', () => '/event'),
    {
      name: 'POST /customer',
      status: 201,
      next: () => ({ method: 'POST', path: '/customer', body: customer() }),
    },
    {
      name: 'POST /customer [keyed]',
      status: 201,
      next: () => ({ method: 'POST', path: '/customer', body: customer(), headers: keyed() }),
    },
    {
      name: 'POST /customer/find-or-create',
      status: 201,
      next: () => ({ method: 'POST', path: '/customer/find-or-create', body: customer() }),
    },
    {
      name: 'POST /customer/guest',
      status: 201,
      next: () => ({ method: 'POST', path: '/customer/guest', body: { email: customer().email } }),
    },
    {
      name: 'PATCH /customer/{id}',
      status: 200,
      next: () => ({
        method: 'PATCH',
        path: `/customer/${someone()}`,
        body: { firstName: fresh() },
      }),
    },
    {
      name: 'POST /customer/{id}/address',
      status: 201,
      next: () => ({ method: 'POST', path: `/customer/${someone()}/address`, body: address() }),
    },
    {
      name: 'POST /customer/{id}/group',
      status: 201,
      next: () => ({
        method: 'POST',
        ...nextMembership(),
      }),
    },
    {
      name: 'PUT /customer/{id}/order/{orderId}',
      status: 200,
      next: () => ({
        method: 'PUT',
        path: `/customer/${someone()}/order/${fresh()}`,
        body: order(),
      }),
    },
    ...ruleCases(run),
  ]
}
