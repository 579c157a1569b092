import { BaseSequencer, type TestSpecification } from 'vitest/node'

const first = [
  // Files that wait for programs that they start: two cores can do the work of others meanwhile. The slowest to start come first.
  /\/test\/worker\//,
  /\/test\/dev\/start\.test\.ts$/,
  // Does its work when it is loaded, of which Vitest's durations know nothing: it would come last, and alone.
  /\/test\/core\/context\/both-ways\.test\.ts$/,
  /\/test\/dev\/(?:serve|worker|postgres)\.test\.ts$/,
]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = first.findIndex((pattern) => pattern.test(moduleId))
  return at < 0 ? first.length : at
}

/** Those that wait go first, for at the end nothing else would be left to do. The others as Vitest has it: the longest first, as far as it knows. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
