import { describe, expect, test } from 'vitest'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { startTestApp } from '../support/app.ts'
import { addressOf, nothingLike, samples } from '../support/sample.ts'

const app = await startTestApp()
const { call, tokens, wire } = app

const apart = (key: string) =>
  /^\w+ \/(auth|consent\/confirm|customer\/\{id\}\/session\/)/.test(key)
const walked = (Object.entries(accessByRoute) as [RouteKey, Access][]).flatMap(([key, rule]) => {
  const make = samples[key]
  return make === undefined ? [] : [{ key, rule, make }]
})

test('every route that a service may call is walked here, but for those that need a session', () => {
  const missing = (Object.entries(accessByRoute) as [RouteKey, Access][])
    .filter(([key, rule]) => !rule.open && rule.service !== undefined && !apart(key))
    .map(([key]) => key)
    .filter((key) => samples[key] === undefined)
  expect(missing).toEqual([])
})

describe('a request waits for the database once', () => {
  test.each(walked)('$key', async ({ key, make }) => {
    const sample = await make(app)
    const [method, path] = addressOf(key, sample)
    wire.reset()
    const { status } = await call(method, path, { body: sample.body })
    expect([status, wire.count().trips]).toEqual([sample.status, sample.trips ?? 1])
  })
})

describe('a request under a key waits once, and its replay twice', () => {
  test.each(walked.filter(({ rule }) => rule.keyed))('$key', async ({ key, make }) => {
    const sample = await make(app)
    const [method, path] = addressOf(key, sample)
    const headers = { 'Idempotency-Key': `walk ${key}`.replaceAll(' ', '-') }
    const options = { body: sample.body, headers }
    wire.reset()
    const first = await call(method, path, options)
    expect([first.status, wire.count().trips]).toEqual([sample.status, sample.trips ?? 1])
    wire.reset()
    const again = await call(method, path, options)
    expect([again.status, again.text, wire.count().trips]).toEqual([first.status, first.text, 2])
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  })
})

/** A group that does not exist would be made with its first member. */
const makesItsGroup = new Set<RouteKey>(['POST /group/{key}/member'])

describe('what belongs to another tenant answers like what does not exist, byte for byte', () => {
  test.each(walked.filter(({ key }) => key.includes('{')))('$key', async ({ key, make }) => {
    const sample = await make(app)
    const ask = async (asked: typeof sample) => {
      const { status, body, text } = await call(...addressOf(key, asked), {
        body: sample.body,
        token: tokens.stranger,
      })
      return [status, text.replace(body?.requestId, '')]
    }
    const foreign = await ask(sample)
    expect(foreign).toEqual(await ask({ ...sample, ...nothingLike(sample) }))
    if (!makesItsGroup.has(key)) expect(foreign[0]).toBe(404)
  })
})
