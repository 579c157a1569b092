import { expect, test } from 'vitest'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { consume } from '../../src/queue/consume.ts'
import type { Performer } from '../../src/queue/performers.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'

const { runtime, tenant, otherTenant, wire, queue } = await startTestApp()

const message = (id: string, kind = 'count', of = tenant) => ({ tenant: of, id, kind })

/** A kind of job whose work is to be seen. */
function counting(spoilt: readonly string[] = []) {
  const calls: string[][] = []
  const together = async (_: Context, ids: readonly string[]) => {
    calls.push([...ids])
    if (ids.some((id) => spoilt.includes(id))) throw new Error('spoilt')
  }
  return { calls, known: new Map<string, Performer>([['count', { together }]]) }
}

test('the messages of one tenant and kind are worked as one set', async () => {
  const { calls, known } = counting()
  const { batch, settled } = batchOf([
    message('a'),
    message('b'),
    message('c', 'count', otherTenant),
  ])
  await consume(batch, runtime, known)
  expect(calls).toEqual([['a', 'b'], ['c']])
  expect(settled).toEqual({ m0: 'ack', m1: 'ack', m2: 'ack' })
})

test('a job that comes twice in one batch is done once, and both messages are settled', async () => {
  const { calls, known } = counting()
  const { batch, settled } = batchOf([message('a'), message('b'), message('a')])
  await consume(batch, runtime, known)
  expect(calls).toEqual([['a', 'b']])
  expect(settled).toEqual({ m0: 'ack', m1: 'ack', m2: 'ack' })
})

test('a poisonous message is found by halving and blocks none of its neighbours', async () => {
  const ids = Array.from({ length: 100 }, (_, at) => `j${at}`)
  const { calls, known } = counting(['j37'])
  const { batch, settled } = batchOf(ids.map((id) => message(id)))
  await consume(batch, runtime, known)
  const back = Object.entries(settled).filter(([, how]) => how !== 'ack')
  expect(back).toEqual([['m37', { retry: 5 }]])
  expect(Object.keys(settled)).toHaveLength(100)
  expect(calls.length).toBeLessThan(20)
})

test('jobs that are done alone fail alone', async () => {
  const seen: string[] = []
  const alone = async (_: Context, id: string) => {
    seen.push(id)
    if (id === 'b') throw new Error('spoilt')
  }
  const { batch, settled } = batchOf([message('a'), message('b'), message('c')])
  await consume(batch, runtime, new Map<string, Performer>([['count', { alone }]]))
  expect(seen.sort()).toEqual(['a', 'b', 'c'])
  expect(settled).toEqual({ m0: 'ack', m1: { retry: 5 }, m2: 'ack' })
})

test('what names no job, no known kind or no tenant goes back towards the dead letters', async () => {
  const { calls, known } = counting()
  const strange = [
    null,
    'text',
    7,
    [],
    {},
    { tenant, id: 'a' },
    { tenant, id: 'a\u0000', kind: 'count' },
    message('a', 'toString'),
    message('a', 'frobnicate'),
    message('a', 'count', 'nobody'),
    new Map([['kind', 'count']]),
  ]
  const { batch, settled } = batchOf([...strange, message('z')])
  await consume(batch, runtime, known)
  expect(calls).toEqual([['z']])
  const back = strange.map((_, at) => [`m${at}`, { retry: 5 }])
  expect(settled).toEqual({ ...Object.fromEntries(back), [`m${strange.length}`]: 'ack' })
})

test('a message waits twice as long after each failure', async () => {
  const { known } = counting(['a'])
  const delays = []
  for (const attempts of [1, 2, 3, 10]) {
    const { batch, settled } = batchOf([message('a')], { attempts })
    await consume(batch, runtime, known)
    delays.push(settled.m0)
  }
  expect(delays).toEqual([5, 10, 20, 2560].map((retry) => ({ retry })))
})

test('a database that does not answer sends the whole set back at once, without trying its parts', async () => {
  const calls: number[] = []
  const together = async (ctx: Context, ids: readonly string[]) => {
    calls.push(ids.length)
    await ctx.db.run([{ text: 'select 1', values: [] }])
  }
  wire.faults.add({ at: 'before', do: 'cut' })
  const { batch, settled } = batchOf([message('a'), message('b'), message('c')])
  await consume(batch, runtime, new Map<string, Performer>([['count', { together }]]))
  expect(calls).toEqual([3])
  expect(Object.values(settled)).toEqual([{ retry: 5 }, { retry: 5 }, { retry: 5 }])
})

test('what a job leaves to be done is sent after it', async () => {
  const together = async (ctx: Context) => {
    ctx.outcome.jobs.push({ ...message('next'), delaySeconds: 30 })
  }
  const { batch } = batchOf([message('a')])
  const before = queue.waiting
  await consume(batch, runtime, new Map<string, Performer>([['count', { together }]]))
  expect(queue.waiting).toBe(before + 1)
  queue.loseEverything()
})

test('a job that waits for the token issuer is put back, however often it was tried', async () => {
  const alone = async () => {
    throw new Refusal('issuer_unavailable')
  }
  const { batch, settled } = batchOf([message('a')], { attempts: 40 })
  await consume(batch, runtime, new Map<string, Performer>([['count', { alone }]]))
  expect(settled).toEqual({ m0: { retry: 3600 } })
})
