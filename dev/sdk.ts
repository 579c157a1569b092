import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)

/** Writes the TypeScript client as a package of its own: one module, its types, and none of what the service needs. */
export async function buildSdk(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), await sdkBundleText())
  await writeTypes(folder)
  const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify(manifest(version, license), null, 2)}\n`,
  )
}

const manifest = (version: string, license: string) => ({
  name: '@hanzo/commerce',
  version,
  description: 'The TypeScript client of the customer service.',
  license,
  type: 'module',
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
})

/** The JavaScript module of the SDK package, as text. */
export async function sdkBundleText(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/sdk/index.ts')],
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  })
  return outputFiles.map(({ text }) => text).join('')
}

async function writeTypes(folder: string): Promise<void> {
  const project = join(root, 'src/sdk/tsconfig.json')
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', project, '--outDir', folder])
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.d.ts')) continue
    const text = await readFile(join(folder, file), 'utf8')
    await writeFile(join(folder, file), text.replace(/(['"]\.\/[\w-]+)\.ts(['"])/g, '$1.js$2'))
  }
}

const usage = `npm run build:sdk

Writes the TypeScript client to dist/sdk, as a package.`

if (import.meta.main) {
  await runCommandOrPrintUsage(usage, async (args) => {
    readArgs(args, { name: 'npm run build:sdk' })
    await buildSdk(join(root, 'dist/sdk'))
    return undefined
  })
}
