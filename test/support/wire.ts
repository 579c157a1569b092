import { neonConfig } from '@neondatabase/serverless'
import { afterAll, inject } from 'vitest'
import {
  PostgresSessions,
  startWire,
  type Wire,
  type WireOptions,
} from '../../dev/neon-wire/index.ts'

/** The wire gives up on a statement as Neon does; on a busy machine it is not to. */
const PATIENCE = 3_600_000

export type TestWire = Wire & {
  /** What the service gets as `DATABASE_URL`. */
  readonly connectionString: string
}

let shared: PostgresSessions | undefined

/** More than run at once. Each plans each function that it calls, which takes as long as twenty calls. */
const SESSIONS = 8

/** Those with the database that tests share, for all files of a process. */
function sharedSessions(): PostgresSessions {
  shared ??= new PostgresSessions(inject('database'), SESSIONS)
  return shared
}

/**
 * A wire of this test file's own to the shared database, with its own counts and faults; closed
 * after the file's last test.
 */
export async function startTestWire(
  options: Omit<WireOptions, 'connectionString'> & { readonly connectionString?: string } = {},
): Promise<TestWire> {
  const connectionString = options.connectionString ?? inject('database')
  const isShared = options.connectionString === undefined && options.max === undefined
  const sessions = isShared ? { sessions: sharedSessions() } : {}
  const wire = await startWire({
    timeoutMilliseconds: PATIENCE,
    max: SESSIONS,
    ...sessions,
    ...options,
    connectionString,
  })
  afterAll(async () => {
    // Another wire may get the same port.
    near.delete(wire.endpoint)
    await wire.close()
  })
  return { ...wire, connectionString }
}

/** Neon's driver speaks over this wire, until the file's last test. */
export function useWire({ endpoint }: Wire): void {
  const { fetchEndpoint } = neonConfig
  neonConfig.fetchEndpoint = endpoint
  afterAll(() => {
    neonConfig.fetchEndpoint = fetchEndpoint
  })
}

const near = new Map<string, Wire['fetch']>()
neonConfig.fetchFunction = (url: string, init: RequestInit) => (near.get(url) ?? fetch)(url, init)

/** Neon's driver reaches this wire without a socket. */
export const shortcut = ({ endpoint, fetch }: Wire): void => void near.set(endpoint, fetch)
