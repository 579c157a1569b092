import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'customer-data-'))
afterAll(() => rmSync(root, { recursive: true }))
// Another account must get at the program, wherever the project is.
chmodSync(root, 0o755)
const program = join(root, 'data-folder.ts')
copyFileSync(join(import.meta.dirname, '../../dev/data-folder.ts'), program)
writeFileSync(join(root, 'package.json'), '{"type":"module"}')

const isRoot = process.getuid?.() === 0
const NOBODY = 65_534
const data = join(root, 'data')

beforeEach(() => {
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data)
})

/** What a user who may not do everything is told. */
function open(path: string, work = 'openFolder'): string {
  const code = `const { ${work} } = await import(${JSON.stringify(program)})
try { console.log(${work}(${JSON.stringify(path)})) } catch ({ message }) { console.log(message) }`
  const args = ['--input-type=module', '-e', code]
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 10_000,
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  return stdout.trim()
}

const give = (path: string) => isRoot && chownSync(path, NOBODY, NOBODY)
const refused = (folder: string, how: string) => `DATA_DIR ${folder} ${how}; choose another folder`
const missing = (path: string) => `no such file or directory, mkdir '${path}'`

test('a folder of the user is taken, and made if it is not there', () => {
  give(data)
  expect(open(data)).toBe(data)
  expect(open(join(data, 'a', 'b'))).toBe(join(data, 'a', 'b'))
})

test('a folder that this user may not write is refused', () => {
  chmodSync(data, 0o555)
  expect(open(data)).toBe(refused(data, `cannot be used: permission denied, access '${data}'`))
  const within = join(data, 'a')
  expect(open(within)).toBe(
    refused(within, `cannot be created: permission denied, mkdir '${within}'`),
  )
})

test('what another user has left in the folder is told', () => {
  give(data)
  const left = join(data, 'env')
  writeFileSync(left, '', { mode: 0o000 })
  expect(open(data)).toBe(refused(data, `cannot be used: permission denied, access '${left}'`))
})

const file = join(root, 'file')
writeFileSync(file, '')

test.each([
  ['a file', file, `${file} is not a folder`],
  ['below a file', join(file, 'a', 'b'), `${file} is not a folder`],
  ['in /proc', '/proc/walk', missing('/proc/walk')],
  ['deep in /proc', '/proc/walk/a/b', missing('/proc/walk')],
])('%s: the start ends at once', (_, folder, cause) => {
  expect(open(folder)).toBe(refused(folder, `cannot be created: ${cause}`))
})

test('a folder that takes nothing is refused', () => {
  expect(open('/proc')).toMatch(/^DATA_DIR \/proc cannot be used: .+; choose another folder$/)
})

test.each([
  ['a file', 'notes.txt'],
  ['a folder', join('wrangler', 'mine.txt')],
])('a folder in which somebody has %s of his own is refused, and stays as it is', (_, name) => {
  give(data)
  mkdirSync(dirname(join(data, name)), { recursive: true })
  writeFileSync(join(data, name), '')
  const [first = ''] = name.split('/')
  give(join(data, first))
  expect(open(data)).toBe(
    `DATA_DIR ${data} has files that npm start did not create, such as ${first}; choose another folder`,
  )
  expect(existsSync(join(data, name))).toBe(true)
})

test('a folder of an earlier start is used again, with any files beside it; lost+found is no foreign file', () => {
  give(data)
  mkdirSync(join(data, 'lost+found'))
  expect(open(data)).toBe(data)
  writeFileSync(join(data, 'notes.txt'), '')
  expect(open(data)).toBe(data)
})

test('what was kept is forgotten, and nothing else', () => {
  give(data)
  for (const name of ['env', 'notes.txt']) {
    writeFileSync(join(data, name), '')
    give(join(data, name))
  }
  open(data, 'clearFolder')
  expect(['env', 'notes.txt'].map((name) => existsSync(join(data, name)))).toEqual([false, true])
})
