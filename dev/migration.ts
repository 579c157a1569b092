import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import config from '../drizzle/config.ts'
import {
  describeFunctions,
  functionMigration,
  readFunctions,
  readRecord,
  writeRecord,
} from './function.ts'
import { type RunOptions, root, run } from './run.ts'

const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) })

/**
 * Writes what the schema and the functions need beyond the migrations in `out`: one migration for
 * the tables, one for the functions, both named after what they are for.
 */
export async function writeMigrations(
  out: string,
  { name, ...options }: RunOptions & { readonly name?: string | undefined } = {},
): Promise<void> {
  await drizzleKit(['--out', relative(root, out), '--name', name ?? 'tables'], options)
  const texts = readFunctions()
  const functions = describeFunctions(texts)
  const migration = functionMigration(readRecord(out), functions, texts)
  if (migration === undefined) return
  const functionsName = name === undefined ? 'functions' : `${name}_functions`
  await drizzleKit(['--out', relative(root, out), '--name', functionsName, '--custom'], options)
  writeFileSync(join(out, `${lastTag(out)}.sql`), migration)
  writeRecord(out, functions)
}

/** It takes folders relative to the working directory only, and asks whether something was renamed. */
async function drizzleKit(flags: string[], options: RunOptions): Promise<void> {
  const { dialect, casing, schema } = config
  const known = ['--dialect', dialect, '--casing', String(casing), '--schema', String(schema)]
  const said = await run(['drizzle-kit', 'generate', ...known, ...flags], options)
  // It ends with 0 also when it gave up.
  if (!options.interactive && !/nothing to migrate|migration file/.test(said)) throw new Error(said)
}

const lastTag = (out: string): string => {
  const journal = JSON.parse(readFileSync(join(out, 'meta', '_journal.json'), 'utf8'))
  return Journal.parse(journal).entries.at(-1)?.tag ?? ''
}
