import { expect, test } from 'vitest'
import { lint, readAliases } from '../../../dev/lint/index.ts'
import { root } from '../../../dev/run.ts'

const aliases = readAliases(root)
const hasher = 'src/core/identity/password-hasher.ts'
const keeper = 'src/core/identity/identity-provider.ts'
const whole = {
  [hasher]: `import { scrypt } from 'node:crypto'\nexport const makePasswordHasher = scrypt\n`,
  [keeper]: `import { makePasswordHasher } from './password-hasher.ts'\nexport const identities = makePasswordHasher\n`,
  'src/core/identity/index.ts': `export type { Passwords } from './password-hasher.ts'\n`,
}

/** What is said of hashes in a project with one more file, by the line. */
const said = (files: Readonly<Record<string, string>>) =>
  lint(new Map(Object.entries({ ...whole, ...files })), aliases)
    .filter((it) => it.includes('past the line'))
    .map((it) => it.split(': ')[0])

test('what hashes, what puts the line before it, and types of it are taken', () => {
  expect(said({})).toEqual([])
  const text = `// scrypt is slow.\nimport { createHash } from 'node:crypto'\nexport const x = [createHash, '$scrypt$']\n`
  expect(said({ 'src/core/account/login.ts': text })).toEqual([])
})

test.each([
  [
    'src/core/identity/password-check-and-proof-statements.ts',
    `import { makePasswordHasher } from './password-hasher.ts'`,
  ],
  ['src/core/identity/index.ts', `export { makePasswordHasher } from './password-hasher.ts'`],
  ['src/core/identity/index.ts', `export * from './password-hasher.ts'`],
  [
    'src/core/account/login.ts',
    `import { makePasswordHasher } from '../identity/password-hasher.ts'`,
  ],
  ['src/make-runtime.ts', `const later = () => import('./core/identity/password-hasher.ts')`],
  ['src/core/account/login.ts', `import { scrypt } from 'node:crypto'`],
  ['src/core/account/login.ts', `import { scryptSync as cheap } from 'crypto'`],
  ['src/core/account/login.ts', `import * as all from 'node:crypto'; all.pbkdf2Sync()`],
  ['src/core/account/login.ts', `const { argon2 } = await import('node:crypto')`],
  ['src/http/auth.ts', `crypto.subtle.deriveBits({ name: 'X' })`],
  ['src/http/auth.ts', `crypto['subtle']['deriveKey']()`],
  ['src/http/auth.ts', `const way = { name: 'PBKDF2' }`],
  ['src/core/identity/foreign.ts', `import { compare } from 'bcryptjs'`],
  ['src/core/identity/foreign.ts', `import { scryptAsync } from '@noble/hashes/scrypt.js'`],
  [keeper, `import { scrypt } from 'node:crypto'`],
])('a hash past the line is refused: in %s, %s', (file, text) => {
  expect(said({ [file]: `\n${text}\n` })).toEqual([`${file}:2`])
})
