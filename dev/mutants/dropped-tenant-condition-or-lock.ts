import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** A condition or a lock of a function in the database, and the text without it. */
export type Dropped = {
  readonly name: string
  /** From the root of the project. */
  readonly file: string
  readonly at: number
  readonly find: string
  readonly replace: string
}

type Pattern = {
  readonly find: RegExp
  readonly replace: (found: string) => string
}

const constantly = (text: string) => () => text

/** What can be dropped: a call for each kind. The new text has the same types, so that PostgreSQL takes it. */
const dropping: Readonly<Record<'tenants' | 'locks', readonly Pattern[]>> = {
  tenants: [
    {
      // `"customer"."tenant" = $1::text`, `c.tenant = a_tenant`, `"tenant" = any($1::text[])`
      find: /(?:"?\w+"?\.)?"?\btenant"? = (?:any\(\$\d+::text\[\]\)|\$\d+::text|coalesce\([^)]*\)|(?:"?\w+"?\.)?"?(?:a_)?tenant\b"?)/g,
      replace: constantly('true'),
    },
  ],
  locks: [
    {
      find: / for (?:no key update|update|share|key share)(?: skip locked)?/g,
      replace: constantly(''),
    },
    { find: /lock_customers_[0-9a-f]{8}\(a_tenant, /g, replace: constantly('cardinality(') },
    { find: /\bpg_advisory_xact_lock\(/g, replace: constantly('(') },
    { find: /\bpg_try_advisory_xact_lock\((\w+)\)/g, replace: constantly('true') },
  ],
}

/** The functions of use cases and those by hand; the last one has the triggers. */
const files = (): string[] => [
  ...readdirSync(join(root, 'drizzle', 'generated'))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => join('drizzle', 'generated', file)),
  join('drizzle', '0000_tables.sql'),
]

/** Each condition on a tenant, or each lock, of every function. */
export function droppedTenantConditionsOrLocks(what: keyof typeof dropping): Dropped[] {
  return files().flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const found = dropping[what].flatMap(({ find, replace }) =>
      [...text.matchAll(find)]
        .filter(({ index }) => isStatement(text, index))
        .map(({ 0: part, index }) => ({ part, index, replace: replace(part) })),
    )
    found.sort((a, b) => a.index - b.index)
    return found.map(({ part, index, replace }, n) => ({
      name: `${nameAt(text, index)} ${n + 1}: ${part.trim()}`,
      file,
      at: index,
      find: part,
      replace,
    }))
  })
}

/** The statement that makes the function again, without what is dropped. */
export function mutatedFunction({ file, at, find, replace }: Dropped): string {
  const text = readFileSync(join(root, file), 'utf8')
  const start = text.lastIndexOf('create or replace function', at)
  const tag = /as (\$\w*\$)/.exec(text.slice(start))?.[1] ?? ''
  const end = text.indexOf(tag, at) + tag.length
  return text.slice(start, at) + replace + text.slice(at + find.length, end)
}

/** The function that a place is in, without the mark of its version. */
const nameAt = (text: string, at: number): string =>
  functionAt(text, at).replace(/_[0-9a-f]{8}$/, '')

function functionAt(text: string, at: number): string {
  const names = [...text.slice(0, at).matchAll(/create or replace function (\w+)\(/g)]
  return names.at(-1)?.[1] ?? 'nothing'
}

/** The name of the function that something is dropped from. */
export const functionNameOf = ({ file, at }: Dropped): string =>
  functionAt(readFileSync(join(root, file), 'utf8'), at)

/** Not in a comment, and not before the first function. */
function isStatement(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  return !line.includes('--') && nameAt(text, at) !== 'nothing'
}
