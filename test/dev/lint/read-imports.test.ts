import { expect, test } from 'vitest'
import { assertNoBuilderInBundle } from '../../../dev/lint/bundle.ts'
import { lint, readAliases } from '../../../dev/lint/index.ts'
import { root } from '../../../dev/run.ts'

const aliases = readAliases(root)

/** What is said of files by their paths; the Worker loads the nouns. Names that nobody imports are another test's. */
const said = (files: Readonly<Record<string, string>>) =>
  lint(new Map(Object.entries(files)), aliases).filter(
    (it) => !it.includes('no other file imports'),
  )

const whole = {
  'src/index.ts': `import { addOrder } from '#core/order'\nimport { log } from '#kernel/log'\n`,
  'src/kernel/log.ts': 'export const log = 1\n',
  'src/db/statement-builders.ts': `import { drizzle } from 'drizzle-orm/pg-proxy'\nexport const db = drizzle\n`,
  'src/db/use-case-call.ts': `import type { useCase } from './use-case.ts'\nexport const handle = 1\n`,
  'src/db/use-case.ts': 'export const useCase = 1\n',
  'src/core/order/index.ts': `export { addOrder } from './add.ts'\n`,
  'src/core/order/add.ts': `import * as query from './generated/query.ts'\nimport { planMerge } from '#core/merge'\nexport const addOrder = [query, planMerge]\n`,
  'src/core/order/generated/query.ts': `import { handle } from '#db/use-case-call'\nimport type * as _add from '../query/add.ts'\nexport const addOrder = handle\n`,
  'src/core/order/query/add.ts': `import { db } from '#db/statement-builders'\nimport { useCase } from '#db/use-case'\nimport { lockMerge } from '#lock/merge'\nexport const addOrder = [db, useCase, lockMerge]\n`,
  'src/core/merge/index.ts': `export { planMerge } from './plan.ts'\n`,
  'src/core/merge/plan.ts': `import type { addOrder } from '#core/order'\nexport const planMerge = 1\n`,
  'src/core/merge/query/lock.ts': `import { db } from '#db/statement-builders'\nexport const lockMerge = db\n`,
}

test('a project whose files keep to the rules is taken; a circle of types is none', () => {
  expect(said(whole)).toEqual([])
})

test('a circle of imports is refused, once for its files, through aliases and re-exports too', () => {
  const files = {
    ...whole,
    'src/core/merge/plan.ts': `\n// To see an order.\nimport { addOrder } from '#core/order'\nexport const planMerge = addOrder\n`,
  }
  expect(said(files)).toEqual([
    expect.stringMatching(
      /^src\/core\/merge\/index\.ts:1: a circle of imports at run time: src\/core\/merge\/index\.ts → src\/core\/merge\/plan\.ts → src\/core\/order\/index\.ts → src\/core\/order\/add\.ts → src\/core\/merge\/index\.ts: /,
    ),
  ])
})

test('an import of nothing but named types loads its module, so it counts', () => {
  const files = {
    ...whole,
    'src/core/merge/plan.ts': `import { type addOrder } from '#core/order'\nexport const planMerge = 1\n`,
  }
  expect(said(files)).toHaveLength(1)
})

test('what is loaded later is in no circle', () => {
  const files = {
    ...whole,
    'src/core/merge/plan.ts': `export const planMerge = () => import('#core/order')\n`,
  }
  expect(said(files)).toEqual([])
})

test('a circle among the statements is refused, which only the build loads', () => {
  const files = {
    ...whole,
    'src/core/merge/query/lock.ts': `import { addOrder } from '../../order/query/add.ts'\nexport const lockMerge = addOrder\n`,
  }
  expect(said(files).filter((it) => it.includes('circle'))).toHaveLength(1)
})

test.each([
  ['a file', '../merge/plan.ts', 'src/core/order/add.ts'],
  ['a file by an alias', '#core/../core/merge/plan/../', 'src/core/order/add.ts'],
  ['a folder by an alias', '#core/merge/query', 'src/core/order/query/add.ts'],
  ['a file from outside of core', './core/merge/plan.ts', 'src/index.ts'],
])('%s of another noun is not to be reached', (_, specifier, file) => {
  const files = {
    ...whole,
    'src/core/merge/query/index.ts': '',
    [file]: `\nimport type { x } from '${specifier}'\n`,
  }
  expect(said(files)).toEqual([
    `${file}:2: '${specifier}' reaches into the inside of merge: import '#core/merge', or export there what is needed`,
  ])
})

test.each([
  ['statements', './query/add.ts'],
  ['the statements of another noun', '#lock/merge'],
  ['the builder', '#db/statement-builders'],
  ['use cases', '#db/use-case'],
  ["Drizzle's tables", 'drizzle-orm/pg-core'],
])('the Worker loads no %s', (_, specifier) => {
  const worker = `import * as query from './generated/query.ts'\nimport { x } from '${specifier}'\nexport const addOrder = x\n`
  expect(said({ ...whole, 'src/core/order/add.ts': worker })).toEqual([
    `src/core/order/add.ts:2: '${specifier}' is there at build time only: the Worker may import types of it, and calls a use case by its handle in generated/`,
  ])
})

test('nor later, nor by a file that it loads through others', () => {
  const files = {
    ...whole,
    'src/db/use-case-call.ts': `export const handle = () => import('./statement-builders.ts')\n`,
  }
  expect(said(files)).toEqual([expect.stringMatching(/^src\/db\/use-case-call\.ts:1: /)])
})

test('a bundle with the builder in it is refused, and each file that brought it is named', () => {
  const bundleOf = (inputs: object) => ({ outputs: { 'index.js': { inputs } } })
  const file = 'node_modules/drizzle-orm/pg-core/query-builders/select.js'
  expect(() => assertNoBuilderInBundle(bundleOf({ [file]: { bytesInOutput: 0 } }))).not.toThrow()
  expect(() => assertNoBuilderInBundle(bundleOf({ [file]: { bytesInOutput: 9 } }))).toThrow(file)
})
