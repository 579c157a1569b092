import { expect, test } from 'vitest'
import { MAX_DISTINCT_VALUES } from '#kernel/bounded-distinct-counter'
import { makeLogTally, WRITTEN_LINES_PER_KIND } from '#kernel/log-tally'
import { readLog } from '../support/log-line.ts'

const log = readLog()

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute, 30))
const kind = (route: string) => ({
  level: 'info' as const,
  message: 'a try',
  fields: { code: 'tried', route },
})

const nobody = { place: null, account: null }

/** How many tries the lines tell of. */
const sumOf = (lines: ReturnType<typeof log.next>) =>
  lines.reduce((sum, { times }) => sum + (typeof times === 'number' ? times : 1), 0)

test('the first lines of a kind are written, and the others are summed when the minute is over', () => {
  const tally = makeLogTally()
  tally.settle(at(1))
  for (let n = 0; n < 100; n++) tally.note(kind('a'), nobody, { n })
  tally.note(kind('b'), nobody, { n: 0 })
  tally.settle(at(1))
  const first = { level: 'info', message: 'a try', code: 'tried', route: 'a' }
  expect(log.next()).toEqual([
    ...Array.from({ length: WRITTEN_LINES_PER_KIND }, (_, n) => ({ ...first, ...nobody, n })),
    { ...first, ...nobody, route: 'b', n: 0 },
  ])
  tally.settle(at(2))
  expect(log.next()).toEqual([
    { ...first, times: 95, since: '2026-01-01T00:01:00.000Z', places: 0, accounts: 0 },
  ])
  tally.note(kind('a'), nobody, { n: 1 })
  expect(log.next()).toEqual([{ ...first, ...nobody, n: 1 }])
})

test('a sum says how many places and accounts there were, the first lines included', () => {
  const sumFor = (whoOf: (n: number) => { place: string | null; account: string | null }) => {
    log.next()
    const tally = makeLogTally()
    tally.settle(at(1))
    for (let n = 0; n < 1000; n++) tally.note(kind('a'), whoOf(n), {})
    tally.settle(at(2))
    const { places, accounts, atLeast } = log.next().at(-1) ?? {}
    return { places, accounts, atLeast }
  }
  expect(sumFor(() => ({ place: 'p', account: null }))).toEqual({ places: 1, accounts: 0 })
  expect(sumFor((n) => ({ place: `${n % 7}`, account: `${n % 30}` }))).toEqual({
    ...{ places: 7, accounts: 30 },
  })
  expect(sumFor((n) => ({ place: `${n % 5}`, account: `${n}` }))).toEqual({
    ...{ places: 5, accounts: MAX_DISTINCT_VALUES, atLeast: true },
  })
  const last = MAX_DISTINCT_VALUES - 1
  expect(sumFor((n) => ({ place: `${Math.min(n, last - 1)}`, account: 'a' }))).toEqual({
    ...{ places: last, accounts: 1 },
  })
})

test('places and accounts of one minute are none of the next', () => {
  log.next()
  const tally = makeLogTally()
  for (const minute of [1, 2, 3]) {
    tally.settle(at(minute))
    for (let n = 0; n < 10; n++) tally.note(kind('a'), { place: `${minute}`, account: null }, {})
  }
  tally.settle(at(4))
  expect(log.next().flatMap(({ places }) => places ?? [])).toEqual([1, 1, 1])
})

test('a sum waits as long as nothing happens, and a clock that goes back loses none', () => {
  log.next()
  const tally = makeLogTally()
  tally.settle(at(50))
  for (let n = 0; n < 20; n++) tally.note(kind('a'), nobody, {})
  tally.settle(at(20))
  expect(sumOf(log.next())).toBe(20)
})

test('any number of kinds takes bounded room, and none is lost from the sum', () => {
  log.next()
  const tally = makeLogTally()
  tally.settle(at(1))
  for (let n = 0; n < 20_000; n++) tally.note(kind(`r${n % 10_000}`), nobody, {})
  tally.settle(at(2))
  const lines = log.next()
  expect(lines.length).toBeLessThan(1100)
  expect(sumOf(lines)).toBe(20_000)
  expect(lines.at(-1)).toMatchObject({ message: 'a try', code: null, route: null })
})
