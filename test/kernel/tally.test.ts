import { expect, test } from 'vitest'
import { FIRST_LINES, makeTally } from '#kernel/tally'
import { readLog } from '../support/log-line.ts'

const log = readLog()

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute, 30))
const kind = (route: string) => ({
  level: 'info' as const,
  message: 'a try',
  fields: { code: 'tried', route },
})

/** How many tries the lines tell of. */
const sumOf = (lines: ReturnType<typeof log.next>) =>
  lines.reduce((sum, { times }) => sum + (typeof times === 'number' ? times : 1), 0)

test('the first lines of a kind are written, and the others are summed when the minute is over', () => {
  const tally = makeTally()
  tally.settle(at(1))
  for (let n = 0; n < 100; n++) tally.note(kind('a'), () => ({ n }))
  tally.note(kind('b'), () => ({ n: 0 }))
  tally.settle(at(1))
  const first = { level: 'info', message: 'a try', code: 'tried', route: 'a' }
  expect(log.next()).toEqual([
    ...Array.from({ length: FIRST_LINES }, (_, n) => ({ ...first, n })),
    { ...first, route: 'b', n: 0 },
  ])
  tally.settle(at(2))
  expect(log.next()).toEqual([{ ...first, times: 95, since: '2026-01-01T00:01:00.000Z' }])
  tally.note(kind('a'), () => ({ n: 1 }))
  expect(log.next()).toEqual([{ ...first, n: 1 }])
})

test('what a line says besides is not asked for when none is written', () => {
  const tally = makeTally()
  let asked = 0
  for (let n = 0; n < 100; n++) tally.note(kind('a'), () => ({ asked: ++asked }))
  expect(asked).toBe(FIRST_LINES)
})

test('a sum waits as long as nothing happens, and a clock that goes back loses none', () => {
  log.next()
  const tally = makeTally()
  tally.settle(at(50))
  for (let n = 0; n < 20; n++) tally.note(kind('a'), () => ({}))
  tally.settle(at(20))
  expect(sumOf(log.next())).toBe(20)
})

test('any number of kinds takes bounded room, and none is lost from the sum', () => {
  log.next()
  const tally = makeTally()
  tally.settle(at(1))
  for (let n = 0; n < 20_000; n++) tally.note(kind(`r${n % 10_000}`), () => ({}))
  tally.settle(at(2))
  const lines = log.next()
  expect(lines.length).toBeLessThan(1100)
  expect(sumOf(lines)).toBe(20_000)
  expect(lines.at(-1)).toMatchObject({ message: 'a try', code: null, route: null })
})
