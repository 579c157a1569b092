import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readCrons, startCrons } from '../../dev/cron.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T03:15:30Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

test('every expression is called at each time it is due, in UTC', async () => {
  const due: string[] = []
  const stop = startCrons(['* * * * *', '17 3 * * *'], (cron, at) => {
    due.push(`${cron} ${at.toISOString()}`)
  })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(due.sort()).toEqual([
    '* * * * * 2026-11-22T03:16:00.000Z',
    '* * * * * 2026-11-22T03:17:00.000Z',
    '17 3 * * * 2026-11-22T03:17:00.000Z',
  ])
  stop()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(due).toHaveLength(3)
})

test('the expressions are those of the configuration', () => {
  expect(readCrons(join(import.meta.dirname, '../../wrangler.toml'))).toContain('* * * * *')
})
