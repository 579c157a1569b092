import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { commandAsAccount, type OsAccount } from './os-account.ts'

export const CLUSTER_USER = 'postgres'
/** Not a secret: the server listens on the loopback address only, and no page of a browser comes through the wire before it. */
export const PASSWORD = 'postgres'

const MAJOR = '18'

/** Makes the cluster when the folder holds none; refuses a folder that holds something else. */
export async function createCluster(
  initdb: string,
  folder: string,
  account?: OsAccount,
): Promise<void> {
  if (holdsCluster(folder)) return
  // Made beside its place and moved there whole: a start that was killed leaves no half cluster.
  const draft = `${folder}.new`
  const password = `${folder}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(password, PASSWORD, { mode: 0o600 })
  if (account) for (const path of [draft, password]) chownSync(path, account.uid, account.gid)
  try {
    runInitdb(initdb, draft, password, account)
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  } finally {
    rmSync(password, { force: true })
  }
}

function holdsCluster(folder: string): boolean {
  if (!existsSync(folder)) return false
  const entries = listFolder(folder)
  if (entries.length === 0) return false
  if (!entries.includes('PG_VERSION')) {
    throw new Error(`The data folder ${folder} holds something that is not a PostgreSQL cluster`)
  }
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (version === MAJOR) return true
  throw new Error(`The data folder ${folder} is from PostgreSQL ${version}; this is ${MAJOR}`)
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(`The data folder ${folder} cannot be read: ${cause}`)
  }
}

function runInitdb(initdb: string, folder: string, password: string, account?: OsAccount): void {
  const command = commandAsAccount(
    initdb,
    [
      `--pgdata=${folder}`,
      `--username=${CLUSTER_USER}`,
      `--pwfile=${password}`,
      // Neon's driver pipelines its connection with a cleartext password.
      '--auth=password',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    account,
  )
  const { status, stderr, error } = spawnSync(command.program, command.args, {
    ...command.account,
    encoding: 'utf8',
  })
  if (status === 0) return
  const said = error?.message ?? stderr.trim().split('\n').at(-1)
  throw new Error(`PostgreSQL could not make its data folder ${folder}: ${said}`)
}
