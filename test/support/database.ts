import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/**
 * A migrated, empty database for a test file that cannot share one, for example because it counts
 * all rows; dropped after the file's last test.
 */
export const freshDatabase = (): Promise<string> => databaseLike('template_customer')

/** One without a table. */
export const emptyDatabase = (): Promise<string> => databaseLike('template1')

/** `freshDatabase` for one piece of work, and dropped after it. */
export async function withFreshDatabase<T>(work: (database: string) => Promise<T>): Promise<T> {
  const name = await copyOf('template_customer')
  try {
    return await work(named(name))
  } finally {
    await drop(name)
  }
}

async function databaseLike(template: string): Promise<string> {
  const name = await copyOf(template)
  afterAll(() => drop(name))
  return named(name)
}

async function copyOf(template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // The copy is made of files: through the buffers of the server it costs twice the work.
  await administer(`create database ${name} template ${template} strategy file_copy`)
  return name
}

const drop = (name: string) => administer(`drop database ${name} with (force)`)

function named(database: string): string {
  const url = new URL(inject('database'))
  url.pathname = `/${database}`
  return url.href
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(named('postgres'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
