import { expect, test } from 'vitest'
import { checkDependencies, dependencyMistakes } from '../../dev/dependency-mistakes.ts'

const integrity = `sha512-${'A'.repeat(86)}==`
const good = { version: '1.2.3', integrity, license: 'MIT' }

const mistakes = (packages: object, manifest: object = { dependencies: { one: '1.2.3' } }) =>
  dependencyMistakes({
    lock: JSON.stringify({ packages: { '': { name: 'service' }, ...packages } }),
    manifest: JSON.stringify(manifest),
  })

test('the packages of this project are as they should be', () => {
  expect(checkDependencies()).toMatch(/^\d+ packages$/)
})

test.each([
  ['as usual', good],
  ['from the registry', { ...good, resolved: 'https://registry.npmjs.org/one/-/one-1.2.3.tgz' }],
  ['with one licence of two', { ...good, license: '(GPL-3.0 OR MIT)' }],
  ['with two licences', { ...good, license: 'MIT AND ISC' }],
  ['a tool under a weak copyleft', { ...good, license: 'MPL-2.0', dev: true }],
  ['a link within the project', { link: true }],
])('a package %s may stay', (_, one) => {
  expect(mistakes({ 'node_modules/one': one })).toEqual([])
})

test.each([
  ['without a hash', { ...good, integrity: undefined }, 'no SHA-512'],
  ['with a weak hash', { ...good, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'no SHA-512'],
  ['with half a hash', { ...good, integrity: integrity.slice(0, 50) }, 'no SHA-512'],
  ['from elsewhere', { ...good, resolved: 'https://evil.example/one.tgz' }, 'comes from'],
  [
    'from a look-alike',
    { ...good, resolved: 'https://registry.npmjs.org.evil.example/' },
    'comes from',
  ],
  ['without TLS', { ...good, resolved: 'http://registry.npmjs.org/one.tgz' }, 'comes from'],
  ['from git', { ...good, resolved: 'git+ssh://git@github.com/x/y.git#abc' }, 'comes from'],
  ['with a script', { ...good, hasInstallScript: true }, 'runs a script'],
  ['without a licence', { ...good, license: undefined }, 'has the licence (none)'],
  ['under a strong copyleft', { ...good, license: 'AGPL-3.0-only', dev: true }, 'has the licence'],
  ['in the bundle under a weak one', { ...good, license: 'MPL-2.0' }, 'has the licence MPL-2.0'],
  ['with one bad licence of two', { ...good, license: 'MIT AND GPL-3.0' }, 'has the licence'],
  ['under words of its own', { ...good, license: 'SEE LICENSE IN LICENSE' }, 'has the licence'],
])('a package %s is named', (_, one, expected) => {
  const found = mistakes({ 'node_modules/one': one })
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^one: /)
  expect(found[0]).toContain(expected)
})

test.each([
  'node_modules/esbuild2',
  'node_modules/x/node_modules/nod',
  'node_modules/@evil/esbuild-x',
])('%s may run no script, though its name is like one that may', (path) => {
  expect(mistakes({ [path]: { ...good, hasInstallScript: true } })).toHaveLength(1)
})

test.each(['^1.2.3', '~1.2.3', '1', '1.2', '*', 'latest', '>=1.2.3', 'github:x/y', 'file:../one'])(
  'the version %s is not exact',
  (version) => {
    expect(mistakes({}, { devDependencies: { one: version } })).toEqual([
      `one: ${version} is no exact version`,
    ])
  },
)
