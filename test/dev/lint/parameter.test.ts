import { beforeAll, describe, expect, test } from 'vitest'
import { lint, readAliases } from '../../../dev/lint/index.ts'
import { root } from '../../../dev/run.ts'
import { right, wrong } from './planted.ts'

const thing = `import { eq } from 'drizzle-orm'
import { thingTable } from '#db/schema'
export const holderOf = ({ tenant, customerId }) => ({ tenant, id: customerId })
export const isThing = (which) => eq(thingTable.id, which.id)
export function thingOf(which) { return which.kind === 'a' ? 1 : 2 }
`
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.values(wrong).map(([text], i) => [`src/core/thing/query/wrong-${i}.ts`, text]),
  ),
  ...Object.fromEntries(
    Object.values(right).map((text, i) => [`src/core/thing/query/right-${i}.ts`, text]),
  ),
  'src/core/thing/query/thing.ts': thing,
  'src/core/thing/query/index.ts': `export * from './thing.ts'\n`,
  'src/core/other/query/use.ts': `import { useCase } from '#db/use-case'\nimport { thingOf } from '#query/thing'\nexport const use = useCase('use', params, (p) => [thingOf(p)])\n`,
}

let said: readonly string[]
beforeAll(() => {
  said = lint(new Map(Object.entries(files)), readAliases(root))
})
const saidOf = (file: string) =>
  said.filter((line) => line.startsWith(`src/core/thing/query/${file}.ts:`))

describe('nothing but the builder may read a parameter', () => {
  test.each(Object.entries(wrong).map(([what, [, text]], i) => [what, text, i] as const))(
    '%s',
    (_, text, i) => {
      expect(saidOf(`wrong-${i}`).join('\n')).toContain(text)
    },
  )

  test('in a function of another noun that a use case hands them to', () => {
    expect(saidOf('thing')).toEqual([
      'src/core/thing/query/thing.ts:5: which.kind is a parameter and has no value while the statements are written, but === reads it: say it in SQL',
    ])
  })
})

describe('what may be done with one', () => {
  test.each(Object.keys(right).map((what, i) => [what, i] as const))('%s', (_, i) => {
    expect(saidOf(`right-${i}`)).toEqual([])
  })
})
