import type pg from 'pg'
import { makeRoutineEffectFinder } from '../sql/effect.ts'
import { type Routine, readDatabaseFunctions, sourceAndLineOfRoutine } from '../sql/routine.ts'
import { type Source, typedCallerFileOf } from '../sql/source.ts'
import { callerText } from './caller-text.ts'

export type CallerOptions = {
  /** What a function is called in the database; without one, what its file calls it. */
  readonly nameOf?: (name: string) => string
}

/** The typed callers of the functions of these sources, which are applied: the text of each file. */
export async function callerFileTexts(
  client: pg.ClientBase,
  sources: readonly Source[],
  { nameOf = (name) => name }: CallerOptions = {},
): Promise<Record<string, string>> {
  const routines = await readDatabaseFunctions(client)
  refuseOverloads(routines)
  const effectOf = makeRoutineEffectFinder(routines)
  const callers = new Map<string, string[]>()
  for (const routine of routines) {
    const source = sourceAndLineOfRoutine(routine, sources)?.source
    if (source === undefined || routine.isTrigger) continue
    const { name } = routine
    const caller = callerText({
      routine,
      text: source.text,
      effect: effectOf(name),
      name: nameOf(name),
    })
    const file = typedCallerFileOf(source.file)
    callers.set(file, [...(callers.get(file) ?? []), caller])
  }
  return Object.fromEntries([...callers].map(([file, list]) => [file, fileOf(list)]))
}

function refuseOverloads(routines: readonly Routine[]): void {
  const names = routines.map(({ name }) => name)
  const twice = names.find((name, n) => names.indexOf(name) !== n)
  if (twice)
    throw new Error(`Two functions have the name ${twice}: a caller could not tell them apart`)
}

function fileOf(callers: readonly string[]): string {
  const body = callers.join('\n')
  const types = typeNames.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const makers = makerNames.filter((name) => body.includes(` ${name}<`))
  const tables = [...new Set(body.match(/\b\w+Table\b/g))].sort()
  const isValue = (table: string) => body.includes(`, ${table}),`)
  const imported = tables.map((table) => (isValue(table) ? table : `type ${table}`))
  const schema = `import { ${imported.join(', ')} } from '#db/schema'\n`
  return `// Written by npm run generate from the database and from the files of the functions.
import { ${[...makers, ...types.map((name) => `type ${name}`)].join(', ')} } from '#db/function-call'
${tables.length > 0 ? schema : ''}
export const call = {
${body}
}
`
}

const makerNames = ['oneRowFunction', 'rowsFunction', 'tableRowsFunction', 'scalarFunction']
const typeNames = ['Arg', 'Json', 'Row', 'RowOf', 'RowOrNull']
