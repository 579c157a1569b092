import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Holds a folder for this process, or refuses because another process does. The system lets go of a
 * socket when its process ends, however it ends, so nothing stale is left to judge.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)
  const path = join(tmpdir(), `customer-${name}.sock`)
  if (await answers(path)) {
    throw new Error(
      `Another npm start is using the data folder ${folder}: end it, or choose another folder with DATA_DIR`,
    )
  }
  rmSync(path, { force: true })
  const server = await listen(path)
  return () => server.close()
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(path, () => resolve(server.unref()))
  })
}
