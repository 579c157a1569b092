import { expect, test } from 'vitest'
import { nameFunctions } from '../../../dev/functions/name.ts'
import { pick, source } from './source.ts'

test('a name carries a hash of the text, and calls are made by it', () => {
  const functions = nameFunctions([
    source('caller', "select helper(n) + helper(1) -- helper(n), 'helper(n)'"),
    source('helper', 'select 2 * n'),
  ])
  const { own: helper } = pick(functions, 'helper')
  const { own: caller, text, calls } = pick(functions, 'caller')
  expect(helper).toMatch(/^helper_[0-9a-f]{8}$/)
  expect(text).toBe(`create or replace function ${caller}(n int) returns int
language sql as $$
  select ${helper}(n) + ${helper}(1) -- helper(n), 'helper(n)'
$$;`)
  expect(calls).toEqual(['helper'])
})

test('a function cannot qualify its arguments with its name, which is another one in the database', () => {
  expect(() => nameFunctions([source('own', 'select own.n from "order".own -- own.n')])).toThrow(
    'own has another name in the database',
  )
  expect(() => nameFunctions([source('own', 'select n from other.own -- own.n')])).not.toThrow()
})

test('each function comes after those it calls', () => {
  const functions = nameFunctions([
    source('a', 'select b(n)'),
    source('b', 'select d(c(n))'),
    source('c', 'select d(n)'),
    source('d', 'select n'),
  ])
  expect(functions.map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a'])
})

test('the order in which the sources are given changes nothing', () => {
  const sources = [source('a', 'select b(n)'), source('b', 'select n'), source('c', 'select b(n)')]
  expect(nameFunctions(sources.toReversed())).toEqual(nameFunctions(sources))
})

test('a name changes with what it calls, however far away, and with nothing else', () => {
  const names = (body: string) =>
    nameFunctions([
      source('far', body),
      source('middle', 'select far(n)'),
      source('near', 'select middle(n)'),
      source('other', 'select n'),
    ]).map(({ own }) => own)
  const before = names('select 1')
  expect(names('select 1')).toEqual(before)
  const after = names('select 2')
  expect(after.map((name) => before.includes(name))).toEqual([false, false, false, true])
})

test('a function may call itself', () => {
  const { own, text, calls } = pick(
    nameFunctions([source('count', 'select case when n = 0 then 0 else count(n - 1) end')]),
    'count',
  )
  expect(text).toContain(`else ${own}(n - 1)`)
  expect(calls).toEqual([])
})

test('functions that call each other in a circle are refused by name', () => {
  const sources = [
    source('a', 'select b(n)'),
    source('b', 'select c(n)'),
    source('c', 'select b(n)'),
  ]
  expect(() => nameFunctions(sources)).toThrow('in a circle: b → c → b')
})

test('a long name is cut so that PostgreSQL does not cut the hash', () => {
  const [first, second] = [`${'long_'.repeat(12)}a`, `${'long_'.repeat(12)}b`].map(
    (name) => nameFunctions([source(name, 'select n')])[0]?.own,
  )
  expect(first).toHaveLength(63)
  expect(first).toMatch(/_[0-9a-f]{8}$/)
  expect(second?.slice(0, 54)).toBe(first?.slice(0, 54))
  expect(second).not.toBe(first)
})

test.each([
  [
    'two of one name',
    [source('a', 'select 1'), source('a', 'select 2')],
    'a is made by two: sql/a.sql',
  ],
  [
    'a name of the migrations',
    [source('refuse', 'select 1')],
    'refuse is made by two: a migration',
  ],
  ['another function', [{ ...source('a', 'select 1'), name: 'b' }], 'sql/a.sql must begin with'],
  ['a name that needs quotes', [source('A-1', 'select 1')], 'sql/A-1.sql: A-1 is no name'],
])('%s is refused', (_, sources, message) => {
  expect(() => nameFunctions(sources, ['refuse'])).toThrow(message)
})
