import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createCluster } from '../create-postgres-cluster.ts'
import { unprivilegedAccount } from '../os-account.ts'
import { findPostgresBinaries } from '../postgres-binaries.ts'
import { root } from '../run.ts'

/** Puts an empty cluster there. Making one takes seconds and copying one does not: one is kept beside the packages. */
export async function copyEmptyCluster(folder: string): Promise<void> {
  cpSync(await keptCluster(), folder, { recursive: true })
  chmodSync(folder, 0o700)
  const account = unprivilegedAccount()
  if (!account) return
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(folder, path), account.uid, account.gid)
  }
}

async function keptCluster(): Promise<string> {
  const account = unprivilegedAccount()
  const { initdb, version } = findPostgresBinaries(account)
  const cache = join(root, 'node_modules', '.cache')
  const kept = join(cache, `customer-cluster-${version}`)
  if (existsSync(kept)) return kept
  mkdirSync(cache, { recursive: true })
  const draft = await mkdtemp(`${kept}-`)
  try {
    await createCluster(initdb, join(draft, 'cluster'), account)
    await rename(join(draft, 'cluster'), kept)
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(kept)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return kept
}
