import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { watchHashes } from '../../support/hashes.ts'

const app = await startTestApp()
const { hashes, fill } = watchHashes(app)

type Found = { readonly path: string; readonly call: (...given: unknown[]) => unknown }

/** All that can be called by a name that speaks of a hash or a check, from an object and what is in it. */
function callablesOf(start: object): Found[] {
  const found: Found[] = []
  const seen = new Set<unknown>()
  const visit = (thing: unknown, path: string): void => {
    if (thing === null || typeof thing !== 'object' || seen.has(thing)) return
    seen.add(thing)
    const inner = thing instanceof Map ? [...thing] : Object.entries(thing)
    for (const [name, value] of inner) {
      const at = `${path}.${name}`
      if (typeof value !== 'function') visit(value, at)
      else if (/hash|verify|passwords?\./i.test(at)) found.push({ path: at, call: value })
    }
  }
  visit(start, '')
  return found
}

test('nothing that a use case can reach hashes past the line', async () => {
  const { tenant, runtime } = app
  const actor = { type: 'system', id: 'test' } as const
  const asker = { actor, caller: null, outlive: () => undefined }
  const found = callablesOf({ runtime, request: runtime.identity.of(tenant, asker) })
  expect(found.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['.request.passwords.hash', '.request.passwords.verify']),
  )
  const full = await fill()
  const { begun } = hashes
  for (const { path, call } of found) {
    const asked = Promise.resolve().then(() => call('a password'))
    await Promise.race([asked.catch(() => undefined), new Promise((go) => setImmediate(go))])
    expect([path, hashes.begun]).toEqual([path, begun])
  }
  await full.empty()
})
