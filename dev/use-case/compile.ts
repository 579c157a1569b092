import { Column, is, SQL, type SQLWrapper, sql, type WithSubquery } from 'drizzle-orm'
import { PgDeleteBase, PgInsertBase, PgUpdateBase } from 'drizzle-orm/pg-core'
import { CHANGE_SELECT_SEPARATOR } from '../../src/db/missing-functions-and-statements.ts'
import { isJsonType, isMomentType, pgTypeOf, WrittenJobs } from '../../src/db/sql-type.ts'
import { noAnswer, type Params, typeOfParam, type UseCase } from '../../src/db/use-case.ts'
import { statementText } from './statement-text.ts'

/** A use case as text. Functions that it calls have their plain names. */
export type Text = {
  readonly name: string
  /** `create or replace function …`, the statements as its body; null when its statement is sent as it is. */
  readonly create: string | null
  /** That statement, with its parameters numbered. */
  readonly direct: string | null
  /** The same statements to be sent, with `$(name)` for a parameter. */
  readonly list: readonly string[]
  /** For the handle: see `useCaseHandle`. */
  readonly params: string
  readonly columns: string
}

/**
 * The settings of every function. Left to itself, PostgreSQL plans a statement anew when it thinks that worth its while; it does not
 * count what planning costs. A cached plan must not scan a table that was empty when it was made, such as `job`, and has grown since:
 * where there is an index, it is taken.
 */
const always = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }

export function compileUseCase(it: UseCase): Text {
  const { name, params, settings } = it
  const statements = withJsonAnswer(it, sql``)
  const names = Object.keys(params)
  const body = statements.map((s) => statementText(s, (param) => `$${names.indexOf(param) + 1}`))
  const [only = '', ...more] = body
  if (it.isDirect && more.length > 0) throw new Error(`${name} is more than one statement`)
  const args = Object.entries(params).map(([key, spec]) => `"p_${key}" ${typeOfParam(spec)}`)
  const set = Object.entries({ ...always, ...settings }).map(
    ([key, value]) => `set ${key} = ${value}`,
  )
  const create = `create or replace function ${name}(\n  ${args.join(', ')}\n) returns json\nlanguage sql volatile ${set.join(' ')}\nas $use_case$\n${body.join(';\n')}\n$use_case$`
  return {
    name,
    create: it.isDirect ? null : create,
    direct: it.isDirect ? only : null,
    list: it.isDirect ? [] : listed(it),
    params: wordsOf(params),
    columns: fieldsOf(it).map(columnWord).join(' '),
  }
}

const listed = (it: UseCase): string[] =>
  withJsonAnswer(it, sql.raw(`${CHANGE_SELECT_SEPARATOR} `)).map((s) =>
    statementText(s, (param) => `$(${param})`),
  )

const wordsOf = (params: Params): string =>
  Object.entries(params)
    .map(([name, spec]) => {
      if ('job' in spec) return `${name}:job=${spec.job}`
      return isJsonType(typeOfParam(spec)) ? `${name}:json` : name
    })
    .join(' ')

type Field = { readonly path: string; readonly field: Column | SQL }

function columnWord({ path, field }: Field): string {
  if (field instanceof WrittenJobs) return `${path}:job=${field.job}`
  return isMomentType(pgTypeOf(field)) ? `${path}:moment` : path
}

/** What Drizzle knows of a statement's columns: a select says it openly, `returning` does not. */
type Answer = SQLWrapper & {
  readonly _?: { readonly selectedFields?: object }
  readonly config?: { readonly returningFields?: object }
}

/** What the columns of the answer are called and made of. */
function fieldsOf(it: UseCase): Field[] {
  const answer = it.statements().at(-1) as Answer
  return flat(answer._?.selectedFields ?? answer.config?.returningFields ?? {})
}

const flat = (fields: object, within = ''): Field[] =>
  Object.entries(fields).flatMap(([name, field]) =>
    is(field, Column) || is(field, SQL)
      ? [{ path: within + name, field }]
      : flat(field as object, `${within}${name}.`),
  )

/**
 * The statements; the last one has its rows as one JSON value, for a column costs more to describe than to send.
 * @param mark stands between a change that answers and what is made of its rows.
 */
function withJsonAnswer(it: UseCase, mark: SQL): readonly SQLWrapper[] {
  const list = it.statements()
  const answer = list.at(-1)
  if (answer === undefined) throw new Error(`${it.name} has no statements`)
  const fields = fieldsOf(it)
  const jobs = jobsOf(it.params)
  if (fields.length === 0) {
    if (it.isDirect) return list
    // An answer without columns does something, unless it is the mark that there is none.
    const done = answer === noAnswer ? list.slice(0, -1) : list
    return [...done, withJobs(sql`'[]'::json`, jobs)]
  }
  const names = sql.raw(fields.map((_, i) => `c${i}`).join(', '))
  const rows = sql`coalesce(json_agg(json_build_array(${names})), '[]')`
  if (is(answer, PgInsertBase) || is(answer, PgUpdateBase) || is(answer, PgDeleteBase)) {
    const made = withJobs(sql`(select ${rows} from answer)`, jobs)
    const { before, bare } = apart(answer)
    return [...list.slice(0, -1), sql`with ${before}answer (${names}) as (${bare}) ${mark}${made}`]
  }
  const from = sql`from (${answer.getSQL()}) answer (${names})`
  const made =
    jobs === null
      ? sql`select ${rows} as made ${from}`
      : withJobs(sql`(select ${rows} ${from})`, jobs)
  return [...list.slice(0, -1), made]
}

/** Splits a change from its `with`, because PostgreSQL allows changes in the outermost `with` only. */
function apart(change: SQLWrapper): { before: SQL; bare: SQL } {
  const { config } = change as SQLWrapper & {
    readonly config: { readonly withList?: WithSubquery[] }
  }
  const before = (config.withList ?? []).map(
    ({ _: { alias, sql: text } }) => sql`${sql.identifier(alias)} as (${text}), `,
  )
  const bare: SQLWrapper = Object.create(change, { config: { value: { ...config, withList: [] } } })
  return { before: sql.join(before), bare: bare.getSQL() }
}

const withJobs = (rows: SQL, jobs: SQL | null): SQL =>
  jobs === null
    ? sql`select ${rows} as made`
    : sql`select json_build_object('rows', ${rows}, 'jobs', (${jobs})) as made`

/** The jobs whose ids the use case was given and that it wrote. */
function jobsOf(params: Params): SQL | null {
  const jobs = Object.entries(params).filter(([, spec]) => 'job' in spec)
  if (jobs.length === 0) return null
  const { tenant } = params
  if (tenant === undefined) throw new Error('a use case with a job has a tenant')
  const tests = jobs.map(([name, spec]) => {
    const id = sql`${sql.placeholder(name)}::text`
    return 'many' in spec && spec.many
      ? sql`id between left(${id}, -4) || '0000' and left(${id}, -4) || 'zzzz'`
      : sql`id = ${id}`
  })
  const parts = tests.map(
    (test) => sql`select id from job where tenant = ${sql.placeholder('tenant')}::text and ${test}`,
  )
  const [only] = jobs
  const isOne = jobs.length === 1 && !(only && 'many' in only[1] && only[1].many)
  // Most use cases write one job, and one id needs no aggregate.
  return isOne
    ? sql`select coalesce((select json_build_array(id) from (${parts[0]}) written), '[]')`
    : sql`select coalesce(json_agg(id), '[]') from (${sql.join(parts, sql` union all `)}) written`
}
