import { enableCompileCache, type ResolveFnOutput, registerHooks } from 'node:module'
import { compileCacheFolder } from './run.ts'

/**
 * Loads the files of the project, and Drizzle's, in a third of the time. For each import Node reads the package.json that a file lies
 * under, and Drizzle's has 180 KB. Import this first, and the rest with `import()`.
 */
enableCompileCache(compileCacheFolder)

/** What a name that is no path stands for in our own files: it is the same in all of them. */
const named = new Map<string, ResolveFnOutput>()

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context
    if (parentURL === undefined) return next(specifier, context)
    if (specifier.startsWith('.')) return relative(specifier, parentURL) ?? next(specifier, context)
    if (parentURL.includes('/node_modules/')) return next(specifier, context)
    const key = [specifier, ...conditions].join(' ')
    const found = named.get(key) ?? { ...next(specifier, context), shortCircuit: true }
    named.set(key, found)
    return found
  },
})

/** Drizzle has each of its files twice. Those that end in .js are modules. */
const drizzle = /\/node_modules\/drizzle-orm\/.*\.js$/

function relative(specifier: string, parent: string): ResolveFnOutput | undefined {
  const url = new URL(specifier, parent).href
  if (url.endsWith('.ts')) return { url, format: 'module-typescript', shortCircuit: true }
  if (!drizzle.test(url) || !drizzle.test(parent)) return undefined
  return { url, format: 'module', shortCircuit: true }
}
