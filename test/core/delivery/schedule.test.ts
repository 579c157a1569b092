import { expect, test } from 'vitest'
import { nextAttemptTime, readRetryAfter } from '../../../src/core/delivery/schedule.ts'

const at = new Date('2026-01-01T00:00:00Z')
const seconds = (moment: Date | null) =>
  moment === null ? null : (moment.getTime() - at.getTime()) / 1000

const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

test('there are ten attempts, each at its time or up to a tenth later', () => {
  expect(nextAttemptTime('dlv_a', 9, at, null)).toBeNull()
  for (const [step, wait] of waits.entries()) {
    for (const id of ['dlv_a', 'dlv_b', 'dlv_c']) {
      const next = seconds(nextAttemptTime(id, step, at, null))
      expect(next).toBeGreaterThanOrEqual(wait)
      expect(next).toBeLessThanOrEqual(wait * 1.1)
    }
  }
})

test('deliveries that failed together do not come back together', () => {
  const ids = Array.from({ length: 100 }, (_, n) => `dlv_${n}`)
  const times = ids.map((id) => seconds(nextAttemptTime(id, 3, at, null)) ?? 0)
  expect(new Set(times.map((time) => Math.floor((time - 7200) / 72))).size).toBeGreaterThan(7)
})

test('an endpoint that asks for more time than the schedule gives gets it', () => {
  const later = new Date(at.getTime() + 3_600_000)
  expect(nextAttemptTime('dlv_a', 0, at, later)).toEqual(later)
  expect(seconds(nextAttemptTime('dlv_a', 5, at, later))).toBeGreaterThanOrEqual(36_000)
})

test('Retry-After is so many seconds or a date, at most a day away', () => {
  const read = (header: string | null) => seconds(readRetryAfter(header, at))
  expect(read('120')).toBe(120)
  expect(read(' 120 ')).toBe(120)
  expect(read('Thu, 01 Jan 2026 00:10:00 GMT')).toBe(600)
  expect(read('999999999')).toBe(86_400)
  expect(read('Fri, 01 Jan 2100 00:00:00 GMT')).toBe(86_400)
  for (const nothing of [null, '', '0', '-5', 'soon', '1e9', 'Thu, 01 Jan 2015 00:00:00 GMT']) {
    expect(read(nothing), String(nothing)).toBeNull()
  }
})
