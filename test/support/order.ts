import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that wait for programs that they start: two cores can do the work of others meanwhile. The slowest to start come first. */
const waiting = [/\/test\/worker\//, /\/test\/dev\/(?:start|serve|worker|postgres)\.test\.ts$/]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = waiting.findIndex((pattern) => pattern.test(moduleId))
  return at < 0 ? waiting.length : at
}

/** Those that wait go first, for at the end nothing else would be left to do. The others as Vitest has it: the longest first, as far as it knows. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
