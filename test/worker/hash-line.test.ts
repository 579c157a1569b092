import { expect, test } from 'vitest'
import { makePasswordHashQueue } from '../../src/core/identity/password-hash-queue.ts'
import { makePasswordHasher } from '../../src/core/identity/password-hasher.ts'

const PASSWORD = 'a quiet river 42'
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('inside workerd scrypt holds the only thread until it is done', async () => {
  const { hash } = makePasswordHasher()
  let turns = 0
  let isDone = false
  const hashed = hash(PASSWORD).finally(() => {
    isDone = true
  })
  for (; !isDone && turns < 1000; turns++) await turn()
  await hashed
  expect(turns).toBeLessThan(3)
})

test('so the line gives every other request a turn of the event loop between two hashes', async () => {
  const line = makePasswordHashQueue()
  const { hash } = makePasswordHasher({ ln: 4, r: 8, p: 1 })
  let isOver = false
  const seen: string[] = []
  const others = (async () => {
    while (!isOver) {
      await turn()
      seen.push('turn')
    }
  })()
  const hashes = Array.from({ length: 20 }, () =>
    line({ rank: 'other', networks: [] }, () => {
      seen.push('hash')
      return hash(PASSWORD)
    }),
  )
  await Promise.all(hashes)
  isOver = true
  await others
  expect(seen.filter((one) => one === 'hash')).toHaveLength(20)
  expect(seen.join(' ')).not.toContain('hash hash')
})
