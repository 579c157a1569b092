import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { copyFolderForAll, isFolderOpenToAll } from '../../dev/folder-open-to-all.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-open-'))
const folder = join(root, 'programs')
mkdirSync(join(folder, 'bin'), { recursive: true })
writeFileSync(join(folder, 'bin', 'program'), 'one')
const name = `${basename(root)}-copy`
const copy = join(tmpdir(), name)
afterAll(() => {
  for (const path of [root, copy]) rmSync(path, { recursive: true, force: true })
})

test('a folder is open when every folder above it is', () => {
  chmodSync(root, 0o755)
  expect(isFolderOpenToAll(join(folder, 'bin'))).toBe(true)
  chmodSync(root, 0o700)
  expect(isFolderOpenToAll(join(folder, 'bin'))).toBe(false)
})

test('what is in a closed folder is copied to an open one, once', () => {
  chmodSync(root, 0o700)
  expect(copyFolderForAll(folder, name)).toBe(copy)
  expect(isFolderOpenToAll(join(copy, 'bin'))).toBe(true)
  writeFileSync(join(copy, 'bin', 'program'), 'kept')
  expect(copyFolderForAll(folder, name)).toBe(copy)
  expect(readFileSync(join(copy, 'bin', 'program'), 'utf8')).toBe('kept')
})

test('a copy that lost files is made anew', () => {
  copyFolderForAll(folder, name)
  rmSync(join(copy, 'bin', 'program'))
  copyFolderForAll(folder, name)
  expect(readFileSync(join(copy, 'bin', 'program'), 'utf8')).toBe('one')
})
