import { callTexts } from '../call/index.ts'
import { checkBodies } from './check.ts'
import { withScratch } from './scratch.ts'
import { readSources } from './source.ts'

/** The files of typed callers, by their path, as they follow from the functions. Fails when one of these has a mistake in its body. */
export const callFiles = (): Promise<Record<string, string>> =>
  withScratch(async (client) => {
    const sources = readSources()
    const mistakes = await checkBodies(client, sources)
    if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'))
    return callTexts(client, sources)
  })
