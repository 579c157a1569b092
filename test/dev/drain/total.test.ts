import { expect, test } from 'vitest'
import { countProblem } from '../../../dev/list-check/count-problem.ts'

const capped = { isComplete: false, isWhole: false }
const exact = { isComplete: true, isWhole: false }
const group = { isComplete: true, isWhole: true }

test.each([
  ['nobody', 0, true, 0, exact, null],
  ['the truth', 12, true, 12, exact, null],
  ['the last number that is counted', 10_000, true, 10_000, exact, null],
  ['the end of a count', 10_000, false, 10_001, exact, null],
  ['a large group', 500_000, true, 500_000, group, null],
  ['all of one key', 500_000, true, 500_000, exact, null],
  ['a lower bound', 7, false, 12, capped, null],
  ['too few', 11, true, 12, exact, '11 of 12'],
  ['too many', 13, true, 12, capped, '13 of 12'],
  ['a bound that is too high', 13, false, 12, capped, 'at least 13 of 12'],
  ['too few of what is capped', 11, true, 12, capped, '11 of 12'],
  [
    'a bound where the truth is due',
    12,
    false,
    12,
    exact,
    'at least 12 of 12, and should know more',
  ],
  [
    'a bound that is too low',
    9999,
    false,
    20_000,
    exact,
    'at least 9999 of 20000, and should know more',
  ],
  [
    'a bound of a group',
    10_000,
    false,
    20_000,
    group,
    'at least 10000 of 20000, and should know more',
  ],
])('%s', (_, total, totalIsExact, truth, asked, wrong) => {
  expect(countProblem({ total, totalIsExact }, { truth, ...asked })).toBe(wrong)
})
