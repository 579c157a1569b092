import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'customer-begin-'))
afterAll(() => rmSync(folder, { recursive: true }))
const script = join(import.meta.dirname, '../../dev/begin.js')
copyFileSync(script, join(folder, 'begin.js'))
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

/** What the beginning of `npm start` says and how it ends, before a `start.ts` of the test's own. */
function begin(start: string, ...flags: string[]) {
  writeFileSync(join(folder, 'start.ts'), start)
  const args = [...flags, join(folder, 'begin.js')]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('a Node that is new enough starts', () => {
  expect(begin(`console.log('started' as string)`)).toMatchObject({
    status: 0,
    stdout: 'started\n',
  })
})

test('a Node that reads no TypeScript says so, and what to do', () => {
  const { status, stdout, stderr } = begin('', '--no-experimental-strip-types')
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toBe(
    `Node ${process.versions.node} is too old: run npm ci without --ignore-scripts, which brings a newer one for this project\n`,
  )
})

test('without its packages the start says what to do', () => {
  expect(begin(`import 'not-there/part'`)).toEqual({
    status: 1,
    stdout: '',
    stderr: 'The package not-there is not installed: run npm ci\n',
  })
})

test('another mistake is not hidden', () => {
  const { status, stderr } = begin(`throw new Error('a mistake')`)
  expect(status).toBe(1)
  expect(stderr).toContain('Error: a mistake')
})
