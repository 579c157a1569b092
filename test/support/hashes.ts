import type { Scope } from '#core/context'
import type { TestApp } from './app.ts'

/** A line has room for a hundred behind two at work. */
const FULL = 102

/** The password hashes of an app, which are counted, and held at work while the test says so. */
export function watchHashes({
  runtime,
  tenant,
  passwords,
}: Pick<TestApp, 'runtime' | 'tenant' | 'passwords'>) {
  const real = { ...passwords }
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  const hashes = { begun: 0, atOnce: 0, most: 0, order: [] as string[] }
  const counted = async <T>(password: string, work: () => Promise<T>): Promise<T> => {
    hashes.begun++
    hashes.order.push(password)
    hashes.atOnce++
    hashes.most = Math.max(hashes.most, hashes.atOnce)
    try {
      await gate.promise
      return await work()
    } finally {
      hashes.atOnce--
    }
  }
  Object.assign(passwords, {
    hash: (...given) => counted(given[0], () => real.hash(...given)),
    verify: (...given) => counted(given[0], () => real.verify(...given)),
  } satisfies Partial<typeof passwords>)
  const hold = () => {
    gate = Promise.withResolvers<void>()
  }
  const release = () => gate.resolve()
  const service = { type: 'service', id: 'test', scopes: new Set<Scope>(), tokenId: null } as const
  const asker = { actor: service, caller: null, outlive: () => undefined }
  const hashAsService = () => runtime.identity.of(tenant, asker).passwords.hash('a quiet river 42')
  return {
    hashes,
    /** No hash ends until `release`. */
    hold,
    release,
    hashAsService,
    /** Fills the line. All of it ends with `empty`. */
    async fill() {
      hold()
      const all = Array.from({ length: FULL }, hashAsService)
      while (hashes.atOnce < 2) await new Promise((resolve) => setImmediate(resolve))
      return {
        async empty() {
          release()
          await Promise.all(all)
        },
      }
    },
  }
}
