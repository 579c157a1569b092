import { expect, test } from 'vitest'
import { findUnusedExports } from '../../../dev/lint/find-unused-exports.ts'
import { readAliases } from '../../../dev/lint/index.ts'
import { parseTexts } from '../../../dev/lint/parse.ts'
import { root } from '../../../dev/run.ts'

const aliases = readAliases(root)

const said = (files: Readonly<Record<string, string>>) =>
  findUnusedExports(parseTexts(new Map(Object.entries(files))), aliases).map(
    ({ file, line, says }) => `${file}:${line}: ${says.replace(/ from here:.*/, '')}`,
  )

const thing = `const own = 1
export const used = own
/** A thing. */
export type Used = typeof used
export function left() {}
export type Left = Used
`

test('a name that is exported and that no other file imports is refused, a type as well', () => {
  expect(
    said({
      'src/kernel/thing.ts': thing,
      'test/thing.test.ts': `import { type Used, used } from '#kernel/thing'\n`,
    }),
  ).toEqual([
    'src/kernel/thing.ts:5: no other file imports left',
    'src/kernel/thing.ts:6: no other file imports Left',
  ])
})

test('a noun passes on only what others import from it', () => {
  expect(
    said({
      'src/core/thing/index.ts': `export * from './add.ts'\nexport { find, type Found as Thing } from './find.ts'\n`,
      'src/core/thing/add.ts': 'export const add = 1\nexport const plan = 2\n',
      'src/core/thing/find.ts': `import { plan } from './add.ts'\nexport const find = plan\nexport type Found = typeof find\n`,
      'src/http/thing.ts': `import { add } from '#core/thing'\nimport type { Thing } from '#core/thing'\nlet it: Thing = add\n`,
    }),
  ).toEqual([
    'src/core/thing/index.ts:2: no other file imports find',
    'src/core/thing/index.ts:1: no other file imports plan',
    'src/core/thing/find.ts:2: no other file imports find',
  ])
})

test('of a file that is imported as a whole, what is asked for counts, and all of it where it is handed on', () => {
  const files = {
    'src/kernel/a.ts': 'export const one = 1\nexport const two = 2\n',
    'src/kernel/b.ts': 'export const three = 3\n',
    'src/kernel/c.ts': 'export const four = 4\n',
    'src/kernel/d.ts': 'export const five = 5\nexport const six = 6\nexport const seven = 7\n',
  }
  const user = `import * as a from './a.ts'\nimport * as b from './b.ts'\nconst c = await import('./c.ts')\nconst { five } = await import('./d.ts')\ntype Six = typeof import('./d.ts').six\nconst planted = "import('./d.ts')"\nconst found = [a.one, Object.keys(b), c]\n`
  expect(said({ ...files, 'src/kernel/user.ts': user })).toEqual([
    'src/kernel/a.ts:2: no other file imports two',
    'src/kernel/d.ts:3: no other file imports seven',
  ])
})

test('what the client, the build and the compiler want is free', () => {
  expect(
    said({
      'src/sdk/index.ts': 'export const client = 1\n',
      'src/core/thing/generated/query.ts': 'export const addThing = 1\n',
      'src/core/thing/query/document.ts': `export const thing = rowFunction('thing', thingTable, document)\n`,
      'test/thing.check.ts': 'export const checked = 1\n',
      'src/index.ts': 'export default {}\n',
    }),
  ).toEqual([])
})
