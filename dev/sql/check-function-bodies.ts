import type pg from 'pg'
import type { NoticeMessage } from 'pg-protocol/dist/messages.js'
import {
  applySources,
  mistakeAt,
  type SqlMistake,
  tryStatements,
} from './apply-function-sources.ts'
import { countColumns } from './count-columns.ts'
import { makeProbeFunctions, type Probe } from './make-probe-functions.ts'
import type { Step } from './plpgsql.ts'
import {
  type Routine,
  readDatabaseFunctions,
  readTriggerTablesByFunction,
  sourceAndLineOfRoutine,
} from './routine.ts'
import { lineAt, type Source } from './source.ts'
import { unknownRefusalMistakes } from './unknown-refusal.ts'

/**
 * Has PostgreSQL look at the body of every function, in a transaction that the caller rolls back. Of PL/pgSQL it looks at the syntax
 * only when a function is made, and at a statement when it first runs.
 */
export async function checkBodies(
  client: pg.ClientBase,
  sources: readonly Source[],
): Promise<SqlMistake[]> {
  const unmade = await applySources(client, sources)
  if (unmade.length > 0) return unmade
  await client.query('set local check_function_bodies = on')
  const tables = await readTriggerTablesByFunction(client)
  const routines = await readDatabaseFunctions(client)
  const places = routines.flatMap((routine) => {
    const place = sourceAndLineOfRoutine(routine, sources)
    return place === undefined ? [] : { routine, ...place }
  })
  const unread = await validate(client, places)
  const found = [...unread.values()]
  for (const place of places) {
    if (unread.has(place.routine)) continue
    found.push(...unknownRefusalMistakes(place))
    if (place.routine.language === 'sql') continue
    found.push(...(await probe(client, place, tables.get(place.routine.name) ?? [])))
  }
  return found
}

type Place = { readonly routine: Routine; readonly source: Source; readonly line: number }

/** What PostgreSQL itself looks at when a function is made. Mostly there is nothing to say of any. */
async function validate(
  client: pg.ClientBase,
  places: readonly Place[],
): Promise<Map<Routine, SqlMistake>> {
  const call = ({ routine: { language, oid } }: Place) =>
    `select ${language === 'sql' ? 'fmgr_sql_validator' : 'plpgsql_validator'}(${oid})`
  const mistakes = new Map<Routine, SqlMistake>()
  if (!(await tryStatements(client, places.map(call).join(';')))) return mistakes
  for (const place of places) {
    const error = await tryStatements(client, call(place))
    if (error) mistakes.set(place.routine, mistakeIn(place, error))
  }
  return mistakes
}

/** PostgreSQL says where in the body, or in a query of it. */
function mistakeIn({ routine, source }: Place, error: pg.DatabaseError): SqlMistake {
  const { body } = routine
  const start = Math.max(0, body.indexOf(error.internalQuery ?? body))
  const offset = start + Math.max(0, Number(error.internalPosition ?? 1) - 1)
  return mistakeAt(source, lineAt(source, source.text.indexOf(body) + offset), error)
}

async function probe(
  client: pg.ClientBase,
  { routine, source, line }: Place,
  tables: readonly string[],
): Promise<SqlMistake[]> {
  if (routine.isTrigger && tables.length === 0) {
    return [mistakeAt(source, line, { message: 'no trigger calls this function' })]
  }
  const probes = makeProbeFunctions(routine, tables)
  const all: Said[][] = []
  for (const one of probes) all.push(await runProbe(client, one))
  // What a trigger says for one of its tables only may be wrong for the others.
  const everywhere = (all[0] ?? []).filter(({ step }) =>
    all.every((some) => some.some((said) => said.step === step)),
  )
  const steps = probes[0]?.steps ?? []
  const lineOf = (step: number) => line + (steps[step]?.line ?? 1) - 1
  return [
    ...everywhere.map(({ step, ...said }) => mistakeAt(source, lineOf(step), said)),
    ...unexplained(steps, source, line),
    ...uneven(steps, source, line),
  ]
}

function unexplained(steps: readonly Step[], source: Source, first: number): SqlMistake[] {
  const lines = source.text.split('\n')
  const message =
    'nothing can check a text that is executed: say why it is, as `-- Dynamic: …` above it'
  return steps
    .filter(({ kind }) => kind === 'execute')
    .map(({ line }) => first + line - 1)
    .filter((line) => !lines[line - 2]?.trim().startsWith('-- Dynamic: '))
    .map((line) => mistakeAt(source, line, { message }))
}

/** Finds unequal numbers of columns and variables. PostgreSQL reports none: extra variables become null, extra columns are lost. */
function uneven(steps: readonly Step[], source: Source, first: number): SqlMistake[] {
  return steps.flatMap(({ text, takers, line }) => {
    const columns = takers === undefined ? undefined : countColumns(text)
    if (columns === undefined || columns === takers) return []
    const message = `${columns} columns for ${takers} variables`
    return [mistakeAt(source, first + line - 1, { message })]
  })
}

type Said = { readonly step: number; readonly message: string; readonly hint?: string | undefined }

async function runProbe(client: pg.ClientBase, { create, call }: Probe): Promise<Said[]> {
  const said: Said[] = []
  const listen = ({ message, detail, hint }: NoticeMessage) => {
    const [, step] = /^step (\d+)$/.exec(detail ?? '') ?? []
    if (step) said.push({ step: Number(step), message: message ?? '', hint })
  }
  client.on('notice', listen)
  try {
    const error = await tryStatements(
      client,
      `savepoint probe; ${create}; ${call}; rollback to savepoint probe`,
    )
    if (error) said.push({ step: -1, message: error.message, hint: error.hint })
  } finally {
    client.off('notice', listen)
  }
  return said
}
