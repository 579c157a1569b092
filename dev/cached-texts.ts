import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './run.ts'

type Texts = Readonly<Record<string, string>>

type Memory = {
  readonly name: string
  /** The files that the texts follow from, with what makes them. */
  readonly origins: readonly string[]
  /** What else they follow from. */
  readonly given?: string
}

const Kept = z.object({ key: z.string(), texts: z.record(z.string(), z.string()) })

/** Returns cached texts while their input files are unchanged since the last success. Otherwise it makes them again. */
export async function readOrMakeCachedTexts(
  memory: Memory,
  make: () => Promise<Texts>,
): Promise<Texts> {
  const file = join(root, 'node_modules', '.cache', `customer-${memory.name}.json`)
  const key = await hashOf(memory)
  const kept = await readKept(file)
  if (kept?.key === key) return kept.texts
  const texts = await make()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify({ key, texts }))
  return texts
}

/** Runs a check once per content of its files. Later runs with the same content are skipped. */
export async function checkOncePerContent(
  memory: Memory,
  check: () => Promise<unknown>,
): Promise<undefined> {
  await readOrMakeCachedTexts(memory, async () => {
    await check()
    return {}
  })
}

/** Nothing when another run is just writing it. */
const readKept = async (file: string) => {
  try {
    return Kept.safeParse(JSON.parse(await readFile(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

async function hashOf({ origins, given = '' }: Memory): Promise<string> {
  const hash = createHash('sha256').update(given)
  const always = ['package-lock.json', 'dev/{check,cached-texts,run}.ts']
  for (const path of globSync([...origins, ...always], { cwd: root }).sort()) {
    hash.update(`${path}\0`).update(await readFile(join(root, path)))
  }
  return hash.digest('hex')
}
