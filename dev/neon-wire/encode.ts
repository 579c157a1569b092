import { serialize } from 'pg-protocol'

export type Statement = { readonly query: string; readonly params: readonly (string | null)[] }

const describePortal = serialize.describe({ type: 'P' })
const execute = serialize.execute()
export const syncMessage = serialize.sync()

/** One statement of the extended protocol: untyped parameters, text results, the unnamed portal. */
export function encodeStatement({ query, params }: Statement): Buffer[] {
  return [
    serialize.parse({ text: query }),
    serialize.bind({ values: [...params] }),
    describePortal,
    execute,
  ]
}

export type Isolation = {
  readonly level?: string | undefined
  readonly readOnly: boolean
  readonly deferrable: boolean
}

const levels = new Map([
  ['ReadUncommitted', 'READ UNCOMMITTED'],
  ['ReadCommitted', 'READ COMMITTED'],
  ['RepeatableRead', 'REPEATABLE READ'],
  ['Serializable', 'SERIALIZABLE'],
])

export const isIsolationLevel = (name: string): boolean => levels.has(name)

export function encodeBegin({ level, readOnly, deferrable }: Isolation): Buffer {
  const mode = level === undefined ? '' : ` ISOLATION LEVEL ${levels.get(level)}`
  const read = readOnly ? ' READ ONLY' : ''
  return serialize.query(`BEGIN${mode}${read}${deferrable ? ' DEFERRABLE' : ''}`)
}

export const commitMessage = serialize.query('COMMIT')
export const rollbackMessage = serialize.query('ROLLBACK')
export const discardAllMessage = serialize.query('DISCARD ALL')
