import { expect, test } from 'vitest'
import { firstDifference } from '../../../dev/list-check/difference.ts'

const expected = Uint32Array.of(4, 7, 2, 9, 5)
const all = [4, 7, 2, 9, 5]

test.each([
  ['the whole list', 0, all, true, null],
  ['its beginning', 0, [4, 7], false, null],
  ['its end, from a place on', 3, [9, 5], true, null],
  ['nothing yet', 2, [], false, null],
  ['one left out', 0, [4, 2, 9, 5], true, { what: 'missing', at: 1, row: 7 }],
  [
    'one left out before the list was left',
    0,
    [4, 2, 9],
    false,
    { what: 'missing', at: 1, row: 7 },
  ],
  ['no last one', 0, [4, 7, 2, 9], true, { what: 'missing', at: 4, row: 5 }],
  ['nobody', 0, [], true, { what: 'missing', at: 0, row: 4 }],
  ['one again at once', 0, [4, 4, 7, 2, 9, 5], true, { what: 'twice', at: 1, row: 4 }],
  ['one again later', 0, [4, 7, 2, 4, 9, 5], true, { what: 'twice', at: 3, row: 4 }],
  ['one again at the end', 0, [...all, 7], true, { what: 'twice', at: 5, row: 7 }],
  ['two changed over', 0, [4, 2, 7, 9, 5], true, { what: 'out of order', at: 1, row: 2 }],
  ['one from before the place', 3, [7, 9, 5], true, { what: 'out of order', at: 0, row: 7 }],
  [
    'one from before the place at the end',
    3,
    [9, 5, 4],
    true,
    { what: 'out of order', at: 2, row: 4 },
  ],
  ['one more', 0, [4, 7, 8, 2, 9, 5], true, { what: 'extra', at: 2, row: 8 }],
  ['one more at the end', 0, [...all, 8], true, { what: 'extra', at: 5, row: 8 }],
  ['somebody who is no customer', 0, [4, -1], false, { what: 'extra', at: 1, row: -1 }],
])('%s', (_, start, got, isEnd, difference) => {
  expect(firstDifference({ expected, start, got, isEnd })).toEqual(difference)
})
