import { readOrMakeCachedTexts } from '../cached-texts.ts'
import type { Source as GeneratedSource } from '../functions/source.ts'
import { callerFileTexts } from '../sql-caller/index.ts'
import { applySources } from './apply-function-sources.ts'
import { checkBodies } from './check-function-bodies.ts'
import { withScratchDatabase } from './scratch.ts'
import { readSqlSources, readTriggerSources } from './source.ts'

/** Everything that the callers follow from: tables, functions, what makes them and what looks at them. */
const origins = [
  'drizzle/**/*.*',
  'src/db/*.ts',
  'src/kernel/error.ts',
  'src/db/schema/**/*.{ts,sql}',
  'src/{db,core}/**/*.sql',
  'dev/*.ts',
  'dev/{sql,sql-caller,functions,migration}/*.ts',
]

/** The files of typed callers, by their path, as they follow from the functions. Bodies are not looked at. */
export const typedCallerFiles = (): Promise<Record<string, string>> =>
  withScratchDatabase(async (client) => {
    const sources = readSqlSources()
    await applySources(client, [...readTriggerSources(), ...sources])
    return callerFileTexts(client, sources)
  })

/** The same, when no function has a mistake in its body. @param generated the functions of use cases, which others may call. */
export const checkedTypedCallerFiles = (
  generated: readonly GeneratedSource[],
): Promise<Readonly<Record<string, string>>> =>
  readOrMakeCachedTexts({ name: 'functions', origins, given: JSON.stringify(generated) }, () =>
    withScratchDatabase(async (client) => {
      const sources = readSqlSources()
      const all = [...readTriggerSources(), ...sources, ...generated]
      const mistakes = await checkBodies(client, all)
      if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'))
      return callerFileTexts(client, sources)
    }),
  )
