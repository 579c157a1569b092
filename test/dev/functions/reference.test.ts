import { expect, test } from 'vitest'
import { findFunctionReferences } from '../../../dev/functions/find-function-references.ts'

const names = (text: string) => findFunctionReferences(text).map(({ name }) => name)
const inBody = (code: string) =>
  names(`create function head() returns int as $$ ${code} $$;`).slice(1)

test.each([
  ['in a statement', 'select helper(1)', ['helper']],
  [
    'with a space or a line before the parenthesis',
    'select helper (1), other\n(2)',
    ['helper', 'other'],
  ],
  ['within another', 'select helper(other(1))', ['helper', 'other']],
  ['in capitals', 'select HELPER(1)', ['helper']],
  ['in quotes', 'select "helper"(1)', ['helper']],
  ['after a range', 'for i in 1..helper(1) loop', ['helper']],
  ['after a parameter', 'select $1 + helper(1)', ['helper']],
  ['after a cast and an operator', 'select a::text||helper(1)', ['helper']],
])('a call is found %s', (_, code, found) => {
  expect(inBody(code)).toEqual(found)
})

test.each([
  ['a comment', 'select 1 -- helper(1)'],
  ['a comment of several lines', '/* helper(1) /* helper(2) */ helper(3) */ select 1'],
  ['a string', "select 'helper(1) '' helper(2)'"],
  ['a string with escapes', String.raw`select e'it\'s helper(1)'`],
  ['a string within the body', 'select $q$ helper(1) $q$'],
  ['another schema', 'select other.helper(1)'],
  ['a longer name', 'select my_helper$1 + helper2'],
  ['a table and its columns', 'with helper(a) as (select 1) insert into helper (a) select 1'],
  ['an alias', 'select a from unnest(array[1]) as helper(a)'],
  ['an alias without as', 'select a from unnest(array[1]) helper(a)'],
  ['a column', 'select helper, (helper)'],
])('nothing is found in %s', (_, code) => {
  expect(inBody(code)).not.toContain('helper')
})

test('the body of any dollar quote is code', () => {
  expect(
    names('create function head() returns int as $body$ select helper($$x(1)$$) $body$;'),
  ).toEqual(['head', 'helper'])
})

test('a body that is an ordinary string is refused, for nothing in it would be found', () => {
  expect(() => names("create function head() returns int as 'select helper(1)'")).toThrow(
    'between $$',
  )
})
