import { callTexts } from '../call/index.ts'
import type { Source as GeneratedSource } from '../functions/source.ts'
import { remembered } from '../remembered.ts'
import { applySources } from './apply.ts'
import { checkBodies } from './check.ts'
import { withScratch } from './scratch.ts'
import { readSources, readTriggerSources } from './source.ts'

/** Everything that the callers follow from: tables, functions, what makes them and what looks at them. */
const origins = [
  'drizzle/**/*.*',
  'src/db/*.ts',
  'src/kernel/error.ts',
  'src/db/schema/**/*.{ts,sql}',
  'src/{db,core}/**/*.sql',
  'dev/*.ts',
  'dev/{sql,call,functions,migration}/*.ts',
]

/** The files of typed callers, by their path, as they follow from the functions. Bodies are not looked at. */
export const callFiles = (): Promise<Record<string, string>> =>
  withScratch(async (client) => {
    const sources = readSources()
    await applySources(client, [...readTriggerSources(), ...sources])
    return callTexts(client, sources)
  })

/** The same, when no function has a mistake in its body. @param generated the functions of use cases, which others may call. */
export const checkedCallFiles = (
  generated: readonly GeneratedSource[],
): Promise<Readonly<Record<string, string>>> =>
  remembered({ name: 'functions', origins, given: JSON.stringify(generated) }, () =>
    withScratch(async (client) => {
      const sources = readSources()
      const all = [...readTriggerSources(), ...sources, ...generated]
      const mistakes = await checkBodies(client, all)
      if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'))
      return callTexts(client, sources)
    }),
  )
