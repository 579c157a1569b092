import type { Source } from './source.ts'

/** The functions that are compiled from use cases. */
export async function generatedSources(): Promise<readonly Source[]> {
  return []
}
