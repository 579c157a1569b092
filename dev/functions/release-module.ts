import { makeFunctionSetFromSources } from './make.ts'

export const releaseFile = 'src/db/generated/release.ts'

/** What the Worker knows of its set. */
export async function releaseModuleText(): Promise<string> {
  const { release } = await makeFunctionSetFromSources()
  return `/** The set of functions that this code calls: \`drizzle/generated/set.json\`. */
export const release = '${release}'
`
}
