import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from '../run.ts'

/** Everything that the callers follow from: tables, functions, what makes them and what looks at them. */
const origins = [
  'drizzle/**/*.*',
  'src/db/*.ts',
  'src/kernel/error.ts',
  'src/db/schema/**/*.{ts,sql}',
  'src/db/**/*.sql',
  'src/core/**/*.sql',
  'dev/*.ts',
  'dev/{sql,call,functions,migration}/*.ts',
  'package-lock.json',
]
const Kept = z.object({ key: z.string(), texts: z.record(z.string(), z.string()) })
const file = join(root, 'node_modules', '.cache', 'customer-functions.json')

/** Makes texts anew only when one of their origins, or what is given, is another than the last time that making them went well. */
export async function remembered(
  given: string,
  make: () => Promise<Record<string, string>>,
): Promise<Record<string, string>> {
  const key = await hashOrigins(given)
  const kept = await readKept()
  if (kept?.key === key) return kept.texts
  const texts = await make()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify({ key, texts }))
  return texts
}

/** Nothing when another run is just writing it. */
const readKept = async () => {
  try {
    return Kept.safeParse(JSON.parse(await readFile(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

async function hashOrigins(given: string): Promise<string> {
  const hash = createHash('sha256').update(given)
  for (const path of globSync(origins, { cwd: root }).sort()) {
    hash.update(`${path}\0`).update(await readFile(join(root, path)))
  }
  return hash.digest('hex')
}
