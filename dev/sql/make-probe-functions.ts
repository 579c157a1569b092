import { statementKind } from './parse.ts'
import { type Body, readPlpgsqlBody, type Step, type Variable } from './plpgsql.ts'
import type { Routine } from './routine.ts'

/** A throw-away function in which PostgreSQL looks at every step of another one, and runs none of them. */
export type Probe = {
  readonly create: string
  readonly call: string
  readonly steps: readonly Step[]
}

/** One for each table that has the function as a trigger; NEW and OLD are rows of it. */
export function makeProbeFunctions(routine: Routine, tables: readonly string[]): Probe[] {
  const body = readPlpgsqlBody(routine.definition)
  if (!routine.isTrigger) return [probeOf(routine, body, undefined)]
  return tables.map((table) => probeOf(routine, body, table))
}

function probeOf(routine: Routine, body: Body, table: string | undefined): Probe {
  const { arguments: given, result } = routine.signature
  const head = table ? '() returns void' : `(${given}) returns ${result}`
  const isVoid = table !== undefined || result === 'void'
  const hasValue = !(isVoid || routine.isSet || routine.outputs.length > 0)
  const marks = routine.arguments.map(() => 'null').join(', ')
  // Of the same name, by which a body may call its arguments.
  const name = `pg_temp.${quote(routine.name)}`
  const create = `create function ${name}${head} language plpgsql as $probe$
    declare
      ${localsOf(routine, body, table).join('\n')}
      "~line" text; "~said" text; "~hint" text; "~state" text;
    begin
      ${body.steps.map(lookAt).join('\n')}
      return${hasValue ? ' null' : ''};
    end $probe$`
  return { create, call: `select from ${name}(${marks})`, steps: body.steps }
}

function localsOf(routine: Routine, { variables }: Body, table: string | undefined): string[] {
  const known = new Set([...routine.arguments, ...routine.outputs].map(({ name }) => name))
  const locals = variables.filter(({ name }) => !known.has(name)).map((it) => declare(it, table))
  return [...new Set(locals)]
}

const declare = ({ name, type }: Variable, table: string | undefined): string =>
  `${quote(name)} ${type || quote(table ?? '')};`

/** An error becomes a notice with the number of the step, so that all are found at once. */
function lookAt(step: Step, n: number): string {
  const text = step.kind === 'expression' ? `select ${step.text}` : step.text
  return inBlock(n, [explained(step, text), assigned(step), shaped(step, text, n)].join('\n'))
}

/** EXPLAIN plans and doesn't run. What it can't explain is no query; that does run, on empty tables. */
function explained({ kind }: Step, text: string): string {
  if (kind === 'execute') return ''
  return isQuery(text) ? `for "~line" in explain ${text}\n loop end loop;` : `${text}\n;`
}

const isSelect = (text: string): boolean => statementKind(text) === 'SelectStmt'
const isQuery = (text: string): boolean =>
  /^(Select|Insert|Update|Delete|Merge)Stmt$/.test(statementKind(text))

const inBlock = (n: number, statements: string): string => `begin
  ${statements}
  exception when others then get stacked diagnostics "~said" = message_text, "~hint" = pg_exception_hint, "~state" = returned_sqlstate;
    -- What is left is a value that is not there, or what a function says to that.
    if "~state" ~ '^(42|55|0A|22P02|22007|XX)' then raise notice using message = "~said", hint = "~hint", detail = 'step ${n}', errcode = "~state"; end if;
  end;`

/** A row has a field of the name when null can be assigned to it. */
const assigned = ({ target }: Step): string =>
  target?.includes('.') && !target.includes('[') ? `${target} := null;` : ''

/** A record gets its fields, and rows to return meet their columns, by an empty table made of the query. */
function shaped({ kind, record }: Step, text: string, n: number): string {
  if (kind !== 'return query' && !record) return ''
  const query = isSelect(text) ? text : `with "~change" as (${text}\n) select * from "~change"`
  const use = record
    ? `select * into ${quote(record)} from "~${n}";`
    : `return query select * from "~${n}";`
  return `begin
    create temp table "~${n}" on commit drop as ${query}
    with no data;
    ${use}
    exception when duplicate_column or feature_not_supported then null;
  end;`
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
