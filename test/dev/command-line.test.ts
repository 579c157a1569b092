import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from '../../dev/run.ts'

const run = promisify(execFile)
const text = readFileSync(join(root, 'package.json'), 'utf8')
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text))

/** The scripts that are programs of this project. `check` reads its arguments in a way of its own. */
const own = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file] = /^(?:exec )?node (dev\/[\w.-]+)$/.exec(script) ?? []
  return file === undefined || name === 'check' ? [] : [[name, file] as const]
})

const ask = (file: string, ...args: string[]) =>
  run(process.execPath, [file, ...args], { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )

test('they are these', () => {
  expect(own.map(([name]) => name).toSorted()).toEqual([
    ...['bench', 'build:sdk', 'dead-letter', 'erase:replay', 'generate', 'migrate', 'mutants'],
    ...['smoke', 'start'],
  ])
})

describe.concurrent.each(own)('npm run %s', (name, file) => {
  const command = name === 'start' ? 'npm start' : `npm run ${name}`

  test('-- --help says how it is used, and does nothing', async () => {
    for (const option of ['--help', ...(name === 'start' ? [] : ['-h'])]) {
      const { code, stdout, stderr } = await ask(file, option)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(command)
    }
  })

  test('refuses an unknown option in one sentence', async () => {
    const { code, stdout, stderr } = await ask(file, '--frobnicate')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`Unknown option '--frobnicate': ${command} -- --help lists all options\n`)
  })
})

test.each([['dev/migrate.ts'], ['dev/dead-letter.ts'], ['dev/erase-replay.ts', '--from', 'x']])(
  '%s refuses an address that is none in one sentence',
  async (file, ...args) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: 'hello' },
    }).catch((error) => error)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^DATABASE_URL is mistyped: it must be like \S+, and .+\n$/)
  },
)
