import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsFilledByMerge } from '../../../src/core/customer/field-list.ts'
import { mergeProblem, planMerge } from '../../../src/core/merge/plan.ts'
import type { MergeSide } from '../../../src/core/merge/side.ts'

const now = new Date('2026-06-01T00:00:00Z')
const day = (n: number) => new Date(now.getTime() + n * 86_400_000).toISOString()

const text = fc.constantFrom('a', 'b', 'c')
const someDay = fc.integer({ min: -3, max: 3 }).map(day)

const side = (id: string): fc.Arbitrary<MergeSide> =>
  fc.record({
    id: fc.constant(id),
    status: fc.constantFrom('guest', 'unverified', 'active', 'disabled'),
    version: fc.integer({ min: 1, max: 9 }),
    changedAt: fc.constant({}),
    mergedInto: fc.constant(null),
    unproven: fc.boolean(),
    createdAt: someDay,
    claimedAt: fc.option(someDay),
    profile: fc.record(
      Object.fromEntries(fieldsFilledByMerge.map((field) => [field, fc.option(text)])) as Record<
        (typeof fieldsFilledByMerge)[number],
        fc.Arbitrary<string | null>
      >,
    ),
    metadata: fc.oneof(
      fc.dictionary(text, text),
      fc
        .integer({ min: 45, max: 50 })
        .map((n) => Object.fromEntries(Array.from({ length: n }, (_, k) => [`${id}${k}`, id]))),
    ),
    orderCount: fc.nat(9),
    spent: fc.constant([]),
    addresses: fc
      .uniqueArray(fc.nat(14), { maxLength: 12 })
      .map((all) =>
        all.map((n) => ({ id: `${id}-${n}`, sameness: `s${n}`, unproven: n % 3 === 0 })),
      ),
    groups: fc.uniqueArray(
      fc.record({
        key: text,
        source: fc.constantFrom('manual', 'rule', 'merge', 'import'),
        expiresAt: fc.option(someDay),
      }),
      { selector: ({ key }) => key },
    ),
  })

const cases = fc.record({
  survivor: side('s'),
  merged: side('m'),
  maxAddresses: fc.integer({ min: 1, max: 14 }),
  automatic: fc.boolean(),
})

const holds = (
  property: (one: {
    survivor: MergeSide
    merged: MergeSide
    maxAddresses: number
    plan: ReturnType<typeof planMerge>
  }) => void,
) =>
  fc.assert(
    fc.property(cases, ({ survivor, merged, ...options }) => {
      const plan = planMerge({ survivor, merged }, { ...options, now })
      property({ survivor, merged, maxAddresses: options.maxAddresses, plan })
    }),
  )

test('every address of the other either moves or is accounted for, once', () => {
  holds(({ merged, plan }) => {
    const named = [...plan.addresses, ...plan.leftAddresses.map(({ id }) => id)].sort()
    expect(named).toEqual(merged.addresses.map(({ id }) => id).sort())
  })
})

test('no address is there twice, and none moves where there is no room', () => {
  holds(({ survivor, merged, maxAddresses, plan }) => {
    const moved = merged.addresses.filter(({ id }) => plan.addresses.includes(id))
    const all = [...survivor.addresses, ...moved].map(({ sameness }) => sameness)
    expect(new Set(all).size).toBe(all.length)
    if (moved.length > 0) expect(all.length).toBeLessThanOrEqual(maxAddresses)
    const squeezed = plan.leftAddresses.some(({ reason }) => reason === 'no_room')
    if (squeezed) expect(all.length).toBeGreaterThanOrEqual(maxAddresses)
  })
})

test('nothing that the survivor has is overwritten, and what fills a blank is the other’s', () => {
  holds(({ survivor, merged, plan }) => {
    for (const field of fieldsFilledByMerge) {
      const value = plan.profile[field]
      if (value === undefined) continue
      expect(survivor.profile[field]).toBeNull()
      expect(merged.profile[field]).toBe(value)
    }
    for (const [key, value] of Object.entries(plan.metadata)) {
      expect(survivor.metadata).not.toHaveProperty(key)
      expect(merged.metadata[key]).toBe(value)
    }
  })
})

test('a blank field is filled whenever it can be', () => {
  holds(({ survivor, merged, plan }) => {
    if (plan.ordersOnly || merged.unproven) return
    for (const field of fieldsFilledByMerge) {
      if (survivor.profile[field] === null && merged.profile[field] !== null) {
        expect(plan.profile).toHaveProperty(field)
      }
    }
  })
})

test('metadata stays within fifty keys', () => {
  holds(({ survivor, plan }) => {
    const count = Object.keys({ ...plan.metadata, ...survivor.metadata }).length
    expect(count).toBeLessThanOrEqual(Math.max(50, Object.keys(survivor.metadata).length))
  })
})

test('the survivor joins what the other belongs to by hand, and nothing twice', () => {
  holds(({ survivor, merged, plan }) => {
    if (plan.ordersOnly) return
    const held = survivor.groups.filter(({ source }) => source !== 'rule').map(({ key }) => key)
    const due = merged.groups.filter(
      ({ key, source, expiresAt }) =>
        source !== 'rule' &&
        !held.includes(key) &&
        (expiresAt === null || expiresAt > now.toISOString()),
    )
    expect(plan.groups.map(({ key }) => key).sort()).toEqual(due.map(({ key }) => key).sort())
  })
})

test('a guest that came after the proof brings nothing but orders, unless somebody asked', () => {
  holds(({ survivor, merged, plan }) => {
    const after = survivor.claimedAt !== null && merged.createdAt > survivor.claimedAt
    expect(plan.ordersOnly).toBe(plan.automatic && after)
    if (!plan.ordersOnly) return
    expect(plan).toMatchObject({ addresses: [], groups: [], profile: {}, metadata: {} })
  })
})

test('who stays is never the guest of an account', () => {
  holds(({ survivor, merged }) => {
    const problem = mergeProblem({ survivor, merged })
    const upsideDown = survivor.status === 'guest' && merged.status !== 'guest'
    expect(problem).toBe(upsideDown ? 'guest_cannot_survive' : null)
  })
})

test('the same pair makes the same plan, whatever the order of its keys', () => {
  fc.assert(
    fc.property(cases, ({ survivor, merged, ...options }) => {
      const turned = {
        ...merged,
        metadata: Object.fromEntries(Object.entries(merged.metadata).reverse()),
      }
      const plan = planMerge({ survivor, merged }, { ...options, now })
      expect(JSON.stringify(planMerge({ survivor, merged: turned }, { ...options, now }))).toBe(
        JSON.stringify(plan),
      )
    }),
  )
})
