import { generatedSources } from './generated-sources.ts'
import { nameFunctions } from './name.ts'
import { type FunctionSet, newFunctionSet } from './set.ts'
import { migratedNames, readFunctionSources } from './source.ts'

let made: Promise<FunctionSet> | undefined

/** The set that the code as it stands needs; made once, for several files follow from it. */
export function makeFunctionSetFromSources(): Promise<FunctionSet> {
  made ??= generatedSources().then((generated) =>
    newFunctionSet(nameFunctions([...readFunctionSources(), ...generated], migratedNames())),
  )
  return made
}
