import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'

const run = promisify(execFile)
const cwd = join(import.meta.dirname, '../../sdk-go')
const env = {
  ...process.env,
  COMMERCE_URL: inject('url'),
  GOFLAGS: '-tags=live',
  GOTOOLCHAIN: 'local',
}

/** Resolves with what it printed; fails with the same. */
async function go(...args: string[]): Promise<string> {
  const { stdout } = await run('go', args, { cwd, env }).catch((error) => {
    throw new Error(`go ${args.join(' ')}\n${error.stdout}${error.stderr}`)
  })
  return stdout
}

test('the Go client is formatted, and vet has nothing to say', async () => {
  expect((await run('gofmt', ['-l', '.'], { cwd })).stdout).toBe('')
  await go('vet', './...')
})

test('the Go client needs nothing but the standard library', async () => {
  expect((await go('list', '-m', 'all')).trim()).toBe('github.com/hanzoai/commerce/sdk')
})

test('its tests pass, those against the running service too', async () => {
  expect(await go('test', '-race', '-count=1', './...')).toContain('ok')
})
