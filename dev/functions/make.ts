import { type FunctionSet, toFunctionSet } from './function-set.ts'
import { generatedSources } from './generated-sources.ts'
import { nameFunctions } from './name.ts'
import { migratedNames, readHandWrittenSources } from './source.ts'

let made: Promise<FunctionSet> | undefined

/** The set that the code as it stands needs; made once, for several files follow from it. */
export function makeFunctionSetFromSources(): Promise<FunctionSet> {
  made ??= generatedSources().then((generated) =>
    toFunctionSet(nameFunctions([...readHandWrittenSources(), ...generated], migratedNames())),
  )
  return made
}
