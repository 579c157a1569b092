import { type SQL, sql } from 'drizzle-orm'
import type { Condition, Conditions } from './condition.ts'
import type { SortKey } from './sort.ts'

/** How many rows one page may look at: along the sort's index, and of the candidates of one filter. */
export type Bounds = { readonly walk: number; readonly candidates: number }

/** What a row has in the column that sorts, and its id. */
export type Position = readonly [key: string | number, id: string]

export type ListQuery = {
  readonly tenant: string
  readonly currency: string
  readonly conditions: Conditions
  readonly sort: SortKey
  readonly limit: number
  /** Goes on after this row. */
  readonly after: Position | null
  readonly bounds: Bounds
}

/**
 * A page in one statement with a bounded amount of work, whatever the filter: (1) walk the sort's index, up to `walk` rows; (2) if
 * they do not fill the page, take the first condition with at most `candidates` rows, look at them all, and sort them; (3) if
 * there is none, answer what the walk found, to go on after the last row it looked at. Answers `data` and `next`, a position.
 */
export function listStatement(query: ListQuery): SQL {
  const { sure, all } = query.conditions
  if (sure !== null) {
    const tables = [table('found', candidatesThatFit(query, sure))]
    return sql`with ${list(tables)} ${answer(query, { page: sql`table found`, short: null })}`
  }
  const { column } = query.sort
  const others = all.filter((condition) => condition.column !== column)
  const drivers = others.flatMap(({ candidates }) => candidates ?? [])
  const walk = walkTables(query, others)
  if (drivers.length === 0) {
    const short = others.length === 0 ? null : sql`(select state from walk) = 'short'`
    return sql`with ${list(walk)} ${answer(query, { page: sql`table hit`, short })}`
  }
  const last = drivers.length - 1
  const complete = sql`(select count(*) from ${id('candidate', last)}) <= ${raw(query.bounds.candidates)}`
  const tables = [...walk, ...candidateTables(query, drivers)]
  const page = sql`select * from hit where (select state from walk) <> 'short' or not ${complete}
    union all select * from found`
  const short = sql`(select state from walk) = 'short' and not ${complete}`
  return sql`with ${list(tables)} ${answer(query, { page, short })}`
}

/**
 * `hit`: rows that fit, in order, one more than the page holds when there are as many. `walk`: whether they are `full`, all
 * there are to the `end`, or cut `short`. `walked`, what was looked at, is read no further than that takes.
 */
function walkTables(query: ListQuery, others: readonly Condition[]): SQL[] {
  const { limit, bounds } = query
  const most = others.length === 0 ? limit + 1 : bounds.walk
  const legs = legsOf(query)
  const order = orderOf(query.sort)
  const walks = legs.flatMap((leg, i) => {
    const before = legs.slice(0, i).map((_, j) => j)
    const rest = before.map((j) => sql` - (select count(*) from ${id('walked', j)})`)
    const gate = before.map(
      (j) => sql` and (select count(*) from ${id('hit', j)}) <= ${raw(limit)}`,
    )
    return [
      table(
        id('walked', i),
        sql`select ${raw(i)} as part, ${columnOf(query)} as key, c.id, ${fits(others)} as fits from customer c
          where ${scopeOf(query)} and ${leg}${join(gate)} order by ${orderOf(query.sort, columnOf(query))}
          limit ${raw(most)}${join(rest)}`,
      ),
      table(
        id('hit', i),
        sql`select part, key, id from ${id('walked', i)} where fits order by ${order} limit ${raw(limit + 1)}`,
      ),
    ]
  })
  const union = (name: string) =>
    sql.join(
      legs.map((_, i) => sql`select * from ${id(name, i)}`),
      sql` union all `,
    )
  return [
    ...walks,
    table('hit', union('hit')),
    table('walked', union('walked')),
    table(
      'walk',
      sql`select case when (select count(*) from hit) > ${raw(limit)} then 'full'
        when (select count(*) from walked) < ${raw(most)} then 'end' else 'short' end as state`,
    ),
  ]
}

/** The index has nothing before everything; ascending, that part is walked after the rest. */
function legsOf(query: ListQuery): SQL[] {
  const { sort, after, conditions } = query
  const column = columnOf(query)
  const own = conditions.all.filter((condition) => condition.column === sort.column)
  const within = (tests: SQL[]) =>
    sql.join([sql`true`, ...own.map(({ holds }) => holds), ...tests], sql` and `)
  if (sort.empty === undefined || sort.direction === 'desc') {
    return [within(after === null ? [] : [isAfter(query, after)])]
  }
  const none = sql`${column} = ${sort.empty}`
  if (after !== null && after[0] === sort.empty) return [within([none, sql`c.id > ${after[1]}`])]
  const some = [sql`${column} > ${sort.empty}`]
  return [within(after === null ? some : [...some, isAfter(query, after)]), within([none])]
}

function isAfter(query: ListQuery, [key, last]: Position): SQL {
  const { type, direction } = query.sort
  const beyond = direction === 'asc' ? sql`>` : sql`<`
  return sql`(${columnOf(query)}, c.id) ${beyond} (${key}::${sql.raw(type)}, ${last})`
}

/** `candidate0`…: each only when the walk was short and those before had too many. `found`: of the first with few, those that fit. */
function candidateTables(query: ListQuery, drivers: readonly ((most: number) => SQL)[]): SQL[] {
  const most = raw(query.bounds.candidates)
  const tables = drivers.map((candidates, i) => {
    const gate =
      i === 0
        ? sql`(select state from walk) = 'short'`
        : sql`(select count(*) from ${id('candidate', i - 1)}) > ${most}`
    const one = query.bounds.candidates + 1
    return table(
      id('candidate', i),
      sql`select id from (${candidates(one)}) x where ${gate} limit ${raw(one)}`,
    )
  })
  const few = drivers.map(
    (_, i) =>
      sql`select id from ${id('candidate', i)} where (select count(*) from ${id('candidate', i)}) <= ${most}`,
  )
  return [...tables, table('found', candidatesThatFit(query, sql.join(few, sql` union all `)))]
}

function candidatesThatFit(query: ListQuery, ids: SQL): SQL {
  const { conditions, after, sort } = query
  const part = partOf(query)
  const rest =
    after === null
      ? []
      : [
          sql`(${part} > ${partAt(query, after)} or ${part} = ${partAt(query, after)} and ${isAfter(query, after)})`,
        ]
  const tests = [scopeOf(query), ...conditions.all.map(({ holds }) => holds), ...rest]
  return sql`select ${part} as part, ${columnOf(query)} as key, c.id
    from (select distinct id from (${ids}) y) x
    cross join lateral (select * from customer where tenant = ${query.tenant} and id = x.id offset 0) c
    where ${sql.join(tests, sql` and `)}
    order by 1, ${orderOf(sort, columnOf(query))} limit ${raw(query.limit + 1)}`
}

/** Those without what is sorted by are the second part of an ascending list. */
function partOf(query: ListQuery): SQL {
  const { sort } = query
  if (sort.empty === undefined || sort.direction === 'desc') return sql`0`
  return sql`case when ${columnOf(query)} = ${sort.empty} then 1 else 0 end`
}

const partAt = ({ sort }: ListQuery, [key]: Position): SQL =>
  raw(sort.direction === 'asc' && key === sort.empty ? 1 : 0)

/** @param short whether the page may lack rows that come after the last one walked. */
function answer(query: ListQuery, { page, short }: { page: SQL; short: SQL | null }): SQL {
  const order = sql`part, ${orderOf(query.sort)}`
  const backwards = sql`part desc, ${orderOf(query.sort, sql`key`, true)}`
  const limit = raw(query.limit)
  const cut =
    short === null
      ? sql``
      : sql`when ${short} then (select json_build_array(key, id) from walked order by ${backwards} limit 1)`
  return sql`, page as materialized (${page}),
    shown as materialized (select * from page order by ${order} limit ${limit})
    select (select coalesce(json_agg(document order by ${order}), '[]')
        from shown cross join lateral (select customer_row_document(c, ${query.currency}) as document
          from customer c where c.tenant = ${query.tenant} and c.id = shown.id) x) as data,
      case when (select count(*) from page) > ${limit}
        then (select json_build_array(key, id) from shown order by ${backwards} limit 1) ${cut} end as next`
}

const columnOf = ({ sort }: ListQuery): SQL => sql.raw(`c.${sort.column}`)

const scopeOf = ({ tenant, conditions }: ListQuery): SQL =>
  sql`c.tenant = ${tenant} and c.listed = ${sql.raw(String(conditions.listed))}`

const fits = (conditions: readonly Condition[]): SQL =>
  sql.join([sql`true`, ...conditions.map(({ holds }) => holds)], sql` and `)

function orderOf({ direction }: SortKey, key: SQL = sql`key`, reversed = false): SQL {
  const way = sql.raw((direction === 'asc') === reversed ? 'desc' : 'asc')
  return sql`${key} ${way}, id ${way}`
}

const table = (name: SQL | string, body: SQL): SQL =>
  sql`${typeof name === 'string' ? sql.raw(name) : name} as materialized (${body})`

const id = (name: string, i: number): SQL => sql.raw(`${name}${i}`)
const raw = (whole: number): SQL => sql.raw(String(whole))
const list = (tables: readonly SQL[]): SQL => sql.join([...tables], sql`, `)
const join = (parts: readonly SQL[]): SQL => sql.join([...parts])
