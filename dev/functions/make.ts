import { generatedSources } from './generated.ts'
import { nameAll } from './name.ts'
import { type FunctionSet, setOf } from './set.ts'
import { migratedNames, readFunctionSources } from './source.ts'

let made: Promise<FunctionSet> | undefined

/** The set that the code as it stands needs; made once, for several files follow from it. */
export function makeSet(): Promise<FunctionSet> {
  made ??= generatedSources().then((generated) =>
    setOf(nameAll([...readFunctionSources(), ...generated], migratedNames())),
  )
  return made
}
