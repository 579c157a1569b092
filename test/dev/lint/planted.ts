const head = `import { eq, sql } from 'drizzle-orm'
import { db, given } from '#db/statement-builders'
import { thingTable } from '#db/schema'
import { directCall, useCase, type ValuesOf } from '#db/use-case'
import { normalize } from '../normalize.ts'
import { ownerOf, isThing, thingOf } from './thing.ts'
type Params = ValuesOf<typeof params>
`

/** In the list of a use case; the line that is refused is the eighth of the file. */
const inList = (text: string) =>
  `${head}export const add = useCase('add', params, (p) => { ${text} })`
/** In a function that a use case hands something to. */
const inHelper = (given: string, helper: string) =>
  `${head}${helper}\nexport const add = useCase('add', params, (p) => [help(${given})])`

/** What is refused, and what is said of it. */
export const wrong: Readonly<Record<string, readonly [text: string, said: string]>> = {
  'an if': [inList('if (p.flag) return []\nreturn [sql``]'), 'p.flag is a parameter'],
  'an if of its negation': [
    inList('if (!p.flag) return []\nreturn [sql``]'),
    'an operator reads it',
  ],
  'a choice': [inList('return [p.a ? sql`1` : sql`2`]'), 'a condition reads it'],
  'a comparison': [inList('const same = p.a === p.b\nreturn [same]'), '=== reads it'],
  'an and': [inList('return [p.a && sql`1`]'), '&& reads it'],
  'a default': [inList("return [eq(thingTable.id, p.a ?? 'none')]"), '?? reads it'],
  'a switch': [inList("switch (p.kind) { case 'a': return [] }"), 'a switch reads it'],
  'a template string': [inList('return [sql.raw(`${p.name}`)]'), 'a template string reads it'],
  'a length': [inList('return [eq(thingTable.size, p.list.length)]'), '.length reads it'],
  'a method': [inList('return p.list.map((one) => sql`${one}`)'), '.map reads it'],
  arithmetic: [inList('return [eq(thingTable.size, p.size + 1)]'), '+ reads it'],
  'a loop': [inList('for (const one of p.list) db.insert(one)'), 'a loop reads it'],
  'a spread': [inList('return [db.values([...p.list])]'), 'spreading reads it'],
  'a name': [inList('return [db.values({ [p.name]: 1 })]'), 'a name reads it'],
  'an index': [inList('return [thingTable[p.name]]'), 'an index reads it'],
  'a function of the language': [
    inList('return [eq(thingTable.id, String(p.id))]'),
    'String(…) reads it',
  ],
  'a function of the noun': [
    inList('return [eq(thingTable.id, normalize(p.id))]'),
    'normalize(…) reads it',
  ],
  'all at once': [inList('return [sql.raw(JSON.stringify(p))]'), 'JSON.stringify(…) reads it'],
  'what was taken out': [
    inList('const { flag, ...rest } = p\nif (flag) return []\nreturn [rest]'),
    'flag is a parameter',
  ],
  'of the rest': [
    inList('const { flag, ...rest } = p\nif (rest.other) return []\nreturn [flag]'),
    'rest.other is a parameter',
  ],
  'in a function within': [inList('const is = () => p.a === 1\nreturn [is()]'), '=== reads it'],
  'a list made of them': [
    inList("return [sql.raw([p.a, p.b].join(''))]"),
    'reads what is in the list',
  ],
  'each of a list made of them': [
    inList('return [p.a, p.b].filter((one) => one)'),
    '.filter(…) reads it',
  ],
  'taken out in the head': [
    `${head}export const add = useCase('add', params, ({ flag }) => flag ? [] : [sql\`\`])`,
    'flag is a parameter',
  ],
  'a list of its own': [
    `${head}const list = (given) => given.flag ? [] : [sql\`\`]\nexport const add = useCase('add', params, list)`,
    'given.flag is a parameter',
  ],
  'a direct call': [
    `${head}export const add = directCall('add', params, (given) => given.flag ? sql\`1\` : sql\`2\`)`,
    'given.flag is a parameter',
  ],
  'a helper that gets all': [
    inHelper('p', 'const help = (it) => it.flag ? sql`1` : sql`2`'),
    'it.flag is a parameter',
  ],
  'a helper that gets one': [
    inHelper('p.flag', 'const help = (flag) => flag ? sql`1` : sql`2`'),
    'flag is a parameter',
  ],
  'a helper that gets some': [
    inHelper('{ ...p, way: 1 }', 'function help({ flag }) { return flag ? sql`1` : sql`2` }'),
    'flag is a parameter',
  ],
  'a helper that nobody calls': [
    `${head}export const help = (it: Params) => it.flag ? sql\`1\` : sql\`2\``,
    'it.flag is a parameter',
  ],
  'a helper of another type': [
    `${head}export const help = (it: Pick<Params, 'flag'>) => it.flag ? sql\`1\` : sql\`2\``,
    'it.flag is a parameter',
  ],
  'a helper by the name of what it gets': [
    `${head}export const help = (p: Which) => p.flag ? sql\`1\` : sql\`2\``,
    'p.flag is a parameter',
  ],
  'what a helper gives back': [
    inList('const { id } = ownerOf(p)\nif (id) return []\nreturn [sql``]'),
    'id is a parameter',
  ],
}

export const right: Readonly<Record<string, string>> = {
  'what a builder does': inList(
    'return [lock(p), sql`select ${p.id}`, db.insert(thingTable).values({ ...p, at: p.now }).where(eq(thingTable.id, p.id))]\nfunction lock(it) { return given(it.flag) }',
  ),
  'whether a helper got anything': inHelper(
    'p',
    'const help = (wish = null) => sql`${wish?.flag ?? null}` && (wish ? sql`1` : sql`2`)',
  ),
  'whether a helper got one': inHelper(
    'p.id',
    'const help = (asked?: string) => asked === undefined ? sql`1` : sql`${asked}`',
  ),
  'a constant beside them': inHelper(
    "{ ...p, way: 'up' }",
    "const help = (it) => it.way === 'up' ? sql`1` : sql`2`",
  ),
  'a list of columns': inList(
    "return ['a', 'b'].map((name) => sql`${thingTable[name]} = ${p.id}`)",
  ),
  'a list made of them': inList('return [p.a, p.b].map((one) => sql`${one}`)'),
  'their names': inList('return Object.keys(p).map((name) => sql.raw(name))'),
}
