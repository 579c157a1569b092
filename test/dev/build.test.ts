import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../dev/run.ts'
import { ownConfig } from '../support/own-config.ts'
import { shippedText } from '../support/shipped.ts'

const build = (env: Readonly<Record<string, string>>) => {
  const { DRY_RUN: _, WRANGLER_COMMAND: __, ...inherited } = process.env
  const { status, stderr } = spawnSync(
    process.execPath,
    [join('dev', 'build-docs-and-check-config.ts'), ownConfig(shippedText)],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...inherited, ...env },
    },
  )
  return { status, stderr: stderr.trim() }
}

test.each(['deploy', 'versions upload'])(
  '`wrangler %s` stops at the store that the project is shipped with, and says in one line what to do',
  (command) => {
    const { status, stderr } = build({ WRANGLER_COMMAND: command })
    expect(status).toBe(1)
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^wrangler\.toml: tenants\.demo\.shopUrl is .* put your own stores .*docs\/deploy\.md/,
      ),
    ])
  },
)

test.each([
  { WRANGLER_COMMAND: 'dev' },
  { WRANGLER_COMMAND: 'types' },
  { WRANGLER_COMMAND: 'deploy', DRY_RUN: 'true' },
])('%j goes on', (env) => {
  expect(build(env)).toEqual({ status: 0, stderr: '' })
})
