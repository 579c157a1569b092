import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type HashPriority,
  makePasswordHashQueue,
} from '../../../src/core/identity/password-hash-queue.ts'
import { makePasswordHasher } from '../../../src/core/identity/password-hasher.ts'
import {
  type HashingRequest,
  hashPriorityOf,
  makeRequestPasswordHasher,
} from '../../../src/core/identity/request-password-hasher.ts'
import { HashClock, settle } from '../../support/hash-clock.ts'

const order: readonly HashPriority[] = ['again', 'device', 'service', 'other']

/** Places of one wider network, which may have four in the line. */
const wide = ['a', 'b', 'c']
const networksOf = (place: string | null) => [
  ...(place === null ? [] : [{ network: place, size: 1 }]),
  ...(place !== null && wide.includes(place) ? [{ network: 'abc', size: 2 }] : []),
]

/** A request that hashes, and what has become of it. */
type Comer = {
  readonly n: number
  readonly rank: HashPriority
  readonly place: string | null
  readonly at: number
  state: 'in line' | 'at work' | 'done' | 'failed' | 'refused'
  began: number
  end: (error?: Error) => void
}

/** A line of which everything is noted. */
function makeWatched() {
  const clock = new HashClock()
  const line = makePasswordHashQueue(clock)
  const comers: Comer[] = []
  const begun: number[] = []
  const come = (rank: HashPriority, place: string | null): Comer => {
    const comer: Comer = {
      n: comers.length,
      rank,
      place,
      at: clock.time,
      state: 'in line',
      began: 0,
      end: () => undefined,
    }
    comers.push(comer)
    const work = () =>
      new Promise<void>((resolve, reject) => {
        comer.state = 'at work'
        comer.began = clock.time
        begun.push(comer.n)
        comer.end = (error) => (error === undefined ? resolve() : reject(error))
      })
    line({ rank, networks: networksOf(place) }, work).then(
      () => {
        comer.state = 'done'
      },
      (error) => {
        const isRefused = comer.state === 'in line'
        comer.state = isRefused ? 'refused' : 'failed'
        if (isRefused) {
          expect(error).toMatchObject({ code: 'too_many_requests', details: { retryAfter: 1 } })
        }
      },
    )
    return comer
  }
  const those = (state: Comer['state']) => comers.filter((comer) => comer.state === state)
  return { clock, comers, begun, come, those }
}

/** The rule, without the work: who is let in, who waits, who is sent away. */
class Expected {
  atWork: Comer[] = []
  line: Comer[] = []
  readonly entered: number[] = []
  readonly refused = new Set<number>()

  come(comer: Comer): void {
    const { rank, place, n } = comer
    if (this.atWork.length < 2) {
      this.enter(comer)
      return
    }
    const waiting = this.line.filter((other) => other.rank !== 'again')
    const here = waiting.filter((other) => other.place === place)
    const near = waiting.filter((other) => other.place !== null && wide.includes(other.place))
    const isCrowded =
      place !== null && (here.length >= 2 || (wide.includes(place) && near.length >= 4))
    const [last] = waiting.toSorted(
      (a, b) => order.indexOf(b.rank) - order.indexOf(a.rank) || b.n - a.n,
    )
    const goesBefore = last !== undefined && order.indexOf(rank) < order.indexOf(last.rank)
    if (rank === 'again') this.line.push(comer)
    else if (isCrowded || (waiting.length >= 100 && !goesBefore)) this.refused.add(n)
    else {
      if (waiting.length >= 100 && last !== undefined) {
        this.line.splice(this.line.indexOf(last), 1)
        this.refused.add(last.n)
      }
      this.line.push(comer)
    }
  }

  end(comer: Comer): void {
    this.atWork = this.atWork.filter((other) => other !== comer)
    const [next] = this.line.toSorted(
      (a, b) => order.indexOf(a.rank) - order.indexOf(b.rank) || a.n - b.n,
    )
    if (next === undefined) return
    this.line = this.line.filter((other) => other !== next)
    this.enter(next)
  }

  refuseLate(now: number): void {
    const late = this.line.filter(({ rank, at }) => rank !== 'again' && now - at >= 15_000)
    for (const { n } of late) this.refused.add(n)
    this.line = this.line.filter((comer) => !late.includes(comer))
  }

  private enter(comer: Comer): void {
    this.atWork.push(comer)
    this.entered.push(comer.n)
  }
}

const steps = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      come: fc.constantFrom<HashPriority>('device', 'service', 'other', 'other'),
      place: fc.constantFrom(null, null, ...wide, 'd'),
      times: fc.constantFrom(1, 1, 2, 3, 60),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ end: fc.nat({ max: 1 }), how: fc.constantFrom('well', 'ill', 'again') }),
  },
  { weight: 2, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 4000 }) }) },
)

/** More than find room, and most of them wait too long. */
const crowd = [
  ...Array.from({ length: 2 }, () => ({ come: 'other' as const, place: null, times: 60 as const })),
  ...Array.from({ length: 5 }, () => ({ wait: 4000 })),
]

describe('a line of hashes', () => {
  test('keeps its rule when requests come, end, fail, come again and wait too long', async () => {
    let late = 0
    let full = 0
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 60 }), async (list) => {
        const { clock, comers, begun, come, those } = makeWatched()
        const rule = new Expected()
        /** Begins whatever may begin, one in each turn. */
        const begin = async () => {
          await settle()
          while (begun.length < rule.entered.length) {
            const before = begun.length
            await clock.pass()
            expect(begun.length).toBe(before + 1)
          }
          await clock.pass()
          expect(begun).toEqual(rule.entered)
        }
        const end = async (comer: Comer, how: string) => {
          comer.end(how === 'ill' ? new Error('out of memory') : undefined)
          rule.end(comer)
          await settle()
          if (how === 'again') rule.come(come('again', comer.place))
        }
        for (const step of list) {
          if ('come' in step) {
            for (let i = 0; i < step.times; i++) rule.come(come(step.come, step.place))
          } else if ('end' in step) {
            const comer = rule.atWork[step.end]
            if (comer !== undefined) await end(comer, step.how)
          } else {
            // Nobody is at work for as long as one who is lost.
            for (const comer of rule.atWork)
              if (clock.time - comer.began > 5000) await end(comer, 'well')
            await begin()
            await clock.advance(step.wait)
            const before = rule.refused.size
            rule.refuseLate(clock.time)
            late += rule.refused.size - before
          }
          await begin()
          expect(those('at work')).toEqual(rule.atWork.toSorted((a, b) => a.n - b.n))
          expect(those('at work').length).toBeLessThanOrEqual(2)
          expect(new Set(those('refused').map(({ n }) => n))).toEqual(rule.refused)
          const waiting = those('in line').filter(({ rank }) => rank !== 'again')
          expect(waiting.length).toBeLessThanOrEqual(100)
          for (const { at } of waiting) expect(clock.time - at).toBeLessThan(15_000)
          full = Math.max(full, waiting.length)
        }
        // When all is over, nothing is left of it: everyone who was not refused has been at work, and two more may be at once.
        while (rule.atWork[0] !== undefined) {
          await end(rule.atWork[0], 'well')
          await begin()
        }
        expect(those('in line')).toEqual([])
        expect(clock.timers).toBe(0)
        expect(comers).toHaveLength(begun.length + rule.refused.size)
        const last = [come('other', 'a'), come('other', 'a')]
        await clock.pass()
        await clock.pass()
        expect(last.map(({ state }) => state)).toEqual(['at work', 'at work'])
      }),
      { numRuns: 20, endOnFailure: true, examples: [[crowd]] },
    )
    // It has been to its bounds.
    expect(full).toBe(100)
    expect(late).toBeGreaterThan(0)
  })

  test('lets one begin in each turn of the event loop, also when the work holds the thread until it is done', async () => {
    const clock = new HashClock()
    const line = makePasswordHashQueue(clock)
    const done: number[] = []
    const all = Array.from({ length: 9 }, (_, n) =>
      line({ rank: 'other', networks: [] }, async () => void done.push(n)),
    )
    for (let turn = 0; turn < 9; turn++) {
      await settle()
      expect(done).toHaveLength(turn)
      await clock.pass()
    }
    await Promise.all(all)
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('forgets who was killed at work, or before the work, after ten seconds', async () => {
    const { clock, come, those } = makeWatched()
    come('other', 'a')
    await clock.pass()
    come('other', 'b')
    // The second one is called and never begins: its turn does not come.
    clock.turn()
    come('other', 'c')
    await clock.advance(9999)
    come('other', 'd')
    await settle()
    expect(those('in line').map(({ place }) => place)).toEqual(['b', 'c', 'd'])
    await clock.advance(1)
    const next = come('device', 'e')
    await clock.pass()
    expect([next.state, ...those('at work').map(({ place }) => place)]).toContain('c')
  })
})

describe('the passwords of a request', () => {
  const actors = {
    service: { type: 'service', id: 'x', scopes: new Set(), tokenId: null },
    storefront: { type: 'storefront', id: 'x', scopes: new Set(), tokenId: null },
    shopper: { type: 'shopper', id: 'cust_x', sessionId: 'x' },
    system: { type: 'system', id: 'x' },
  } as const satisfies Readonly<Record<string, HashingRequest['actor']>>
  const askerOf = (actor: keyof typeof actors, address: string | null): HashingRequest => ({
    actor: actors[actor],
    caller: { clientId: 'x', vouchedBy: null, address: null, place: address, userAgent: null },
    outlive: () => undefined,
  })

  test.each([
    ['service', false, 'service'],
    ['storefront', false, 'other'],
    ['shopper', false, 'other'],
    ['system', false, 'other'],
    ['storefront', true, 'device'],
    ['service', true, 'device'],
  ] as const)('of a %s, known device %s, go among %s', (actor, isKnownDevice, rank) => {
    expect(hashPriorityOf(actors[actor], isKnownDevice)).toBe(rank)
  })

  /** Two at work that do not end by themselves, and a place whose room in the line is taken. */
  async function makeBusy() {
    const clock = new HashClock()
    const line = makePasswordHashQueue(clock)
    const ends: (() => void)[] = []
    const work = () => new Promise<void>((resolve) => ends.push(resolve))
    for (const place of [null, null, '192.0.2.1', '192.0.2.1']) {
      line({ rank: 'other', networks: networksOf(place) }, work).catch(() => undefined)
      await clock.pass()
    }
    const passwords = makePasswordHasher({ ln: 1, r: 1, p: 1 })
    return { clock, line, ends, passwords }
  }

  test.each([
    ['storefront', '192.0.2.1', 'too_many_requests'],
    ['storefront', '192.0.2.2', 'waits'],
    ['storefront', null, 'waits'],
    ['shopper', '192.0.2.1', 'too_many_requests'],
    ['service', '192.0.2.1', 'too_many_requests'],
    ['service', null, 'waits'],
  ] as const)(
    'of a %s at %s find the room that their place has: %s',
    async (actor, address, end) => {
      const { line, passwords } = await makeBusy()
      const mine = makeRequestPasswordHasher(passwords, line, askerOf(actor, address))
      for (const ask of [() => mine.hash('x'), () => mine.verify('x', null)]) {
        const said = ask().catch((error) => error.code)
        expect(await Promise.race([said, settle().then(() => 'waits')])).toBe(end)
      }
    },
  )

  test('of a known device find room, also where strangers have taken that of its place', async () => {
    const { line, passwords } = await makeBusy()
    const mine = makeRequestPasswordHasher(passwords, line, askerOf('storefront', '192.0.2.1'))
    const said = mine.hash('x', { isKnownDevice: true }).catch((error) => error.code)
    expect(await Promise.race([said, settle().then(() => 'waits')])).toBe('waits')
  })

  test('wait once: what follows the first hash is never refused, and goes first', async () => {
    const { clock, line, ends, passwords } = await makeBusy()
    const mine = makeRequestPasswordHasher(passwords, line, askerOf('storefront', null))
    const first = mine.hash('x', { isKnownDevice: true })
    ends[0]?.()
    await settle()
    for (let i = 0; i < 97; i++)
      line({ rank: 'device', networks: [] }, async () => undefined).catch(() => undefined)
    await clock.pass()
    const phc = await first
    const others = Array.from({ length: 9 }, () =>
      line({ rank: 'device', networks: [] }, async () => 'let in').catch(({ code }) => code),
    )
    const second = mine.verify('x', phc)
    await clock.pass()
    await clock.pass()
    expect(await second).toBe(true)
    expect(await Promise.race([...others, 'waiting'])).toBe('too_many_requests')
  })

  test('are told to the runtime, which lets them end though the caller has gone', async () => {
    const { clock, line, passwords } = await makeBusy()
    const outlived: unknown[] = []
    const asker = {
      ...askerOf('storefront', '192.0.2.1'),
      outlive: (work: unknown) => void outlived.push(work),
    }
    await expect(makeRequestPasswordHasher(passwords, line, asker).hash('x')).rejects.toThrow(
      'too_many_requests',
    )
    expect(await Promise.all(outlived)).toEqual([undefined])
    await clock.pass()
  })
})
