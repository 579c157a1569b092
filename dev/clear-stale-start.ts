import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Clears what a killed start left in the data folder: a server that outlived its parent is asked to
 * end, and a pid file whose number now belongs to another program is removed (in a container the
 * same small numbers come again). The caller must own the folder.
 */
export async function clearStaleStart(folder: string): Promise<void> {
  const path = join(folder, 'postmaster.pid')
  if (!existsSync(path)) return
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10)
  if (!isServer(pid, folder)) return rmSync(path, { force: true })
  process.kill(pid, 'SIGINT')
  for (let tries = 0; isServer(pid, folder); tries++) {
    if (tries === 200)
      throw new Error(`A PostgreSQL server (process ${pid}) still uses ${folder} and does not stop`)
    await wait(50)
  }
}

function isServer(pid: number, folder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false
  const command = commandLine(pid)
  return command.includes('postgres') && command.includes(folder)
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
