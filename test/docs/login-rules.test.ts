import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const page = read('docs/login-rules.md')

/** Each test that the page names, once: its file and its name. */
const named = [
  ...new Map(
    [...page.matchAll(/`([\w./-]+)`: \*([^*]+)\*/g)].map(
      ([whole, file = '', name = '']) =>
        [whole, [normalize(`test/http/oauth/${file}.test.ts`), name]] as const,
    ),
  ).values(),
]

test.each(named)('%s has the test: %s', (file, name) => {
  expect(read(file).replaceAll("\\'", "'").includes(name)).toBe(true)
})

const tables = ['authorize', 'token', 'resource'].map((table) => `rules-${table}`)
const rules = tables.flatMap((table) =>
  [
    ...read(`test/http/oauth/${table}.test.ts`).matchAll(
      /'[^']*(?:RFC|UCP)[^']*',\s*'(?:must|should|own)',\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g,
    ),
  ].map(([, plain, quoted = '']) => [table, plain ?? quoted]),
)

test('the tables of rules are read', () => {
  expect(rules.length).toBeGreaterThan(60)
})

test.each(rules)('the page names the rule of %s: %s', (table, rule) => {
  expect(page.includes(`\`${table}\`: *${rule}*`)).toBe(true)
})
