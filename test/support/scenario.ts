import { inject } from 'vitest'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { accountSamplesOf } from './account-sample.ts'
import type { TestApp } from './app.ts'
import { extraCalls } from './extra/index.ts'
import { addressOf, restartSamples, samples } from './sample.ts'
import { restartPeople } from './shopper.ts'
import { sql } from './sql.ts'

const DAY = 86_400_000

/** Of the routes that can be keyed or conditional, the short form of a proof asks every so many so. */
const ONE_OF = 4

/**
 * Every request of the samples, each keyed one once more under a key and replayed, each conditional one once more under a condition that
 * holds, and the extra calls; the queue's work after each.
 */
export async function runRequests(app: TestApp, others: TestApp[]): Promise<unknown[]> {
  restartSamples()
  restartPeople()
  for (const [n, [key, rule]] of (
    Object.entries(accessByRoute) as [RouteKey, Access][]
  ).entries()) {
    await runSample(app, key)
    const isChosen = inject('long') || n % ONE_OF === 0
    if (isChosen && rule.keyed) await runKeyed(app, key)
    if (isChosen && rule.conditional === true && !isWithoutVersion(key)) {
      await runConditional(app, key)
    }
    // Reads leave it to the next write.
    if (key.startsWith('GET')) continue
    await workOff(app)
    await closeWebhooks(app)
  }
  await runAccountSamples(app)
  const answers: unknown[] = []
  for (const call of extraCalls) {
    answers.push(await call(app, others))
    await workOff(app)
  }
  return answers
}

/**
 * What the clock starts: at once, when most of what there was is to be forgotten, and a day later, for what is left of those who ended in the
 * night before.
 */
export async function runCrons(app: TestApp): Promise<void> {
  for (const days of [0, 100, 1]) {
    app.advance(days * DAY)
    for (const schedule of ['* * * * *', '17 3 * * *']) {
      app.advance(1000)
      await app.cron(schedule)
      await workOff(app)
    }
  }
}

/** Does what the queue holds. Nobody reads the mails. */
async function workOff(app: TestApp): Promise<void> {
  await app.drain()
  app.mails.length = 0
}

/** The events to come are not for the webhooks that there are, or each would go to all of them. */
const closeWebhooks = ({ db, tenant }: TestApp) =>
  db.run([sql`update webhook set events = '{}' where tenant = ${tenant}`])

async function runSample(app: TestApp, key: RouteKey): Promise<void> {
  const sample = await samples[key]?.(app)
  if (sample === undefined) return
  const { status } = await app.call(...addressOf(key, sample), { body: sample.body })
  assertStatus(key, status, sample.status)
}

async function runKeyed(app: TestApp, key: RouteKey): Promise<void> {
  const sample = await samples[key]?.(app)
  if (sample === undefined) return
  const headers = { 'Idempotency-Key': key.replaceAll(' ', '-') }
  for (const _ of ['first', 'replay']) {
    const { status } = await app.call(...addressOf(key, sample), { body: sample.body, headers })
    assertStatus(key, status, sample.status)
  }
}

/** A PUT makes what it names, and the tags of these reads are made of more than one version: none alone holds. */
const isWithoutVersion = (key: RouteKey) =>
  key.startsWith('PUT') || key === 'GET /customer/{id}/stats' || key === 'GET /order/{orderId}'

/** No version of another tenant is as low. */
const LOW_VERSIONS = Array.from({ length: 60 }, (_, i) => `W/"${i + 1}"`).join(', ')

async function runConditional(app: TestApp, key: RouteKey): Promise<void> {
  const sample = await samples[key]?.(app)
  if (sample === undefined) return
  const headers = { 'If-Match': LOW_VERSIONS }
  const { status } = await app.call(...addressOf(key, sample), { body: sample.body, headers })
  assertStatus(key, status, sample.status)
}

async function runAccountSamples(app: TestApp): Promise<void> {
  for (const [key, make] of Object.entries(accountSamplesOf(app))) {
    const { status: expected, token, ids = [], query, body, form, headers = {} } = await make()
    const [method, path] = addressOf(key as RouteKey, { status: expected, ids, query })
    const { status } =
      form === undefined
        ? await app.call(method, path, { token, body })
        : await app.request(path, { method, body: new URLSearchParams(form), headers })
    assertStatus(key, status, expected)
    await workOff(app)
  }
}

function assertStatus(key: string, status: number, expected: number): void {
  if (status !== expected) throw new Error(`${key} answered ${status}, not ${expected}`)
}
