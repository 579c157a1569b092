import { afterAll, inject } from 'vitest'
import { startWire, type Wire, type WireOptions } from '../../dev/wire/index.ts'

export type TestWire = Wire & {
  /** What the service gets as `DATABASE_URL`. */
  readonly connectionString: string
}

/**
 * A wire of this test file's own to the shared database, with its own counts and faults; closed
 * after the file's last test.
 */
export async function startTestWire(
  options: Omit<WireOptions, 'connectionString'> & { readonly connectionString?: string } = {},
): Promise<TestWire> {
  const connectionString = options.connectionString ?? inject('database')
  const wire = await startWire({ ...options, connectionString })
  afterAll(() => wire.close())
  return { ...wire, connectionString }
}
