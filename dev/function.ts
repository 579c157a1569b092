import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { identityOf, readSignature } from './signature.ts'

/** A SQL function as it stands in its file, or stood when the last migration was made. */
export type SqlFunction = {
  /** `name(parameters) returns type`: while it is the same, `create or replace` can replace it. */
  readonly signature: string
  readonly hash: string
}

export type Functions = Readonly<Record<string, SqlFunction>>

const folder = join(import.meta.dirname, '..', 'src', 'db', 'function')
const extension = '.sql'

/** The text of every function, by name. */
export function readFunctions(from = folder): Record<string, string> {
  const files = readdirSync(from).filter((file) => file.endsWith(extension))
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [basename(file, extension), readFileSync(join(from, file), 'utf8').trim()]),
  )
}

/** What is worth remembering of the functions until the next migration. */
export function describeFunctions(texts: Readonly<Record<string, string>>): Functions {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      {
        signature: readSignature(name, text),
        hash: createHash('sha256').update(text).digest('base64url'),
      },
    ]),
  )
}

// Not in meta: drizzle-kit takes every file there for one of its snapshots.
const recordOf = (out: string) => join(out, 'functions.json')

/** The functions as the migrations in `out` leave them. */
export function readRecord(out: string): Functions {
  return existsSync(recordOf(out)) ? JSON.parse(readFileSync(recordOf(out), 'utf8')) : {}
}

export function writeRecord(out: string, functions: Functions): void {
  writeFileSync(recordOf(out), `${JSON.stringify(functions, null, 2)}\n`)
}

/** The migration from what was to what is, or nothing when nothing changed. */
export function functionMigration(
  before: Functions,
  after: Functions,
  texts: Readonly<Record<string, string>>,
): string | undefined {
  const dropped = Object.entries(before).filter(
    ([name, { signature }]) => after[name]?.signature !== signature,
  )
  const drop = (some: typeof dropped) =>
    some.map(([, { signature }]) => `drop function if exists ${identityOf(signature)};`)
  const changed = drop(dropped.filter(([name]) => name in after))
  // What is gone goes last: a trigger may use it until the function that replaces it is made.
  const gone = drop(dropped.filter(([name]) => !(name in after)))
  const creates = Object.entries(texts)
    .filter(([name]) => after[name]?.hash !== before[name]?.hash)
    .map(([, text]) => text)
  if (dropped.length + creates.length === 0) return undefined
  // A function may call one that is made after it.
  const statements = ['set check_function_bodies = off;', ...changed, ...creates, ...gone]
  return `${statements.join('\n--> statement-breakpoint\n')}\n`
}
