import { makeSet } from './make.ts'

export const releaseFile = 'src/db/generated/release.ts'

/** What the Worker knows of its set. */
export async function releaseText(): Promise<string> {
  const { release } = await makeSet()
  return `/** The set of functions that this code calls: \`drizzle/generated/set.json\`. */
export const release = '${release}'
`
}
