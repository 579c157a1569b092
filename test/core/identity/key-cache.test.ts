import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeKeyCache } from '../../../src/core/identity/key-cache.ts'

const minute = 60_000
let time = 0
let published: string[] = []
let isAway = false
let loads = 0

const cacheOf = () =>
  makeKeyCache({
    now: () => new Date(time),
    load: async () => {
      loads++
      if (isAway) throw new Error('away')
      return { kids: new Set(published) }
    },
  })

beforeEach(() => {
  ;[time, published, isAway, loads] = [1e12, ['a'], false, 0]
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

describe('the keys of an issuer', () => {
  test('are asked for once in ten minutes', async () => {
    const cache = cacheOf()
    for (let i = 0; i < 5; i++) await cache.having('a')
    expect(loads).toBe(1)
    time += 10 * minute
    await cache.having('a')
    expect(loads).toBe(2)
  })

  test('are found right after a rotation, for an unknown one is looked for', async () => {
    const cache = cacheOf()
    await cache.current()
    published = ['a', 'b']
    expect((await cache.having('b'))?.kids.has('b')).toBe(true)
  })

  test('a second rotation within the same seconds is found too', async () => {
    const cache = cacheOf()
    for (const kid of ['b', 'c', 'd']) {
      published = [...published, kid]
      expect(await cache.having(kid)).not.toBeNull()
    }
  })

  test('one that is not there is looked for once in ten seconds', async () => {
    const cache = cacheOf()
    await cache.current()
    for (let i = 0; i < 5; i++) expect(await cache.having('x')).toBeNull()
    expect(loads).toBe(2)
    time += 10_000
    expect(await cache.having('x')).toBeNull()
    expect(loads).toBe(3)
  })

  test('many that are not there are not all looked for, and none of them is a failure', async () => {
    const cache = cacheOf()
    await cache.current()
    for (let i = 0; i < 100; i++) expect(await cache.having(`x${i}`)).toBeNull()
    expect(loads).toBe(4)
    expect(await cache.having('a')).not.toBeNull()
  })

  test('while their source is away, an unknown one is refused as unavailable', async () => {
    const cache = cacheOf()
    await cache.current()
    isAway = true
    for (let i = 0; i < 3; i++) await expect(cache.having(`x${i}`)).rejects.toThrow('away')
    await expect(cache.having('x3')).rejects.toMatchObject({ code: 'issuer_unavailable' })
    expect(loads).toBe(4)
    isAway = false
    time += 10_000
    for (let i = 0; i < 9; i++) expect(await cache.having(`x${i}`)).toBeNull()
  })

  test('a stranger who names made-up keys all the time delays a new one by ten seconds at most', async () => {
    const cache = cacheOf()
    await cache.current()
    for (let second = 0; second < 60; second++) {
      if (second === 30) published = ['a', 'new']
      for (let i = 0; i < 10; i++) await cache.having(`x${second}-${i}`)
      if (second >= 40) expect(await cache.having('new')).not.toBeNull()
      time += 1000
    }
    expect(loads).toBeLessThanOrEqual(1 + 6 * 3)
  })

  test('many who come with a new key at once all find it', async () => {
    const cache = cacheOf()
    await cache.current()
    published = ['a', 'b']
    await cache.having('b')
    const found = await Promise.all(Array.from({ length: 20 }, () => cache.having('b')))
    expect(found.every((set) => set?.kids.has('b'))).toBe(true)
  })

  test('serve for a day while their source is away, and are asked for now and then', async () => {
    const cache = cacheOf()
    await cache.current()
    isAway = true
    time += 10 * minute
    for (let i = 0; i < 5; i++) expect(await cache.having('a')).not.toBeNull()
    expect(loads).toBe(2)
    time += 23 * 60 * minute
    expect(await cache.having('a')).not.toBeNull()
    expect(loads).toBe(3)
    isAway = false
    time += minute
    published = ['b']
    expect((await cache.current()).kids).toEqual(new Set(['b']))
  })

  test('do not serve for longer, nor a key that is not among them', async () => {
    const cache = cacheOf()
    await cache.current()
    isAway = true
    await expect(cache.having('b')).rejects.toThrow('away')
    time += 24 * 60 * minute
    await expect(cache.having('a')).rejects.toThrow('away')
  })

  test('that were never had are asked for each time', async () => {
    const cache = cacheOf()
    isAway = true
    await expect(cache.having('a')).rejects.toThrow('away')
    isAway = false
    expect(await cache.having('a')).not.toBeNull()
  })

  test('that are slow to come hold up one question; the others are answered with those at hand', async () => {
    let isSlow = false
    const cache = makeKeyCache({
      now: () => new Date(time),
      load: () =>
        isSlow ? new Promise<never>(() => undefined) : Promise.resolve({ kids: new Set(['a']) }),
    })
    await cache.current()
    isSlow = true
    time += 10 * minute
    void cache.current()
    expect(await cache.having('a')).not.toBeNull()
    expect(await cache.having('a')).not.toBeNull()
  })

  test('a question that was cut off does not hold up the others', async () => {
    let first = true
    const cache = makeKeyCache({
      now: () => new Date(time),
      load: () => {
        const hangs = first
        first = false
        return hangs
          ? new Promise<never>(() => undefined)
          : Promise.resolve({ kids: new Set(['a']) })
      },
    })
    void cache.current()
    expect(await cache.having('a')).not.toBeNull()
  })
})
