import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CustomerFilter, filterTrustInRules, groupsRead, parseRule } from '#core/customer'
import { Refusal } from '#kernel/error'
import { resolveMoment } from '../../../src/core/customer/filter-moment.ts'
import { nasty } from '../../support/likely.ts'

const settings = {
  metadata_filter_keys: ['note', 'tier'],
  metadata_service_keys: ['tier', 'level'],
}

const parse = (rule: unknown, allowShopperValues = false) =>
  parseRule(settings, rule, allowShopperValues)

/** The code, and each problem as path and code. */
function refusalOf(rule: unknown, allowShopperValues = false) {
  try {
    return parse(rule, allowShopperValues)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, details } = error
    return [code, ...(details.errors ?? []).map((problem) => `${problem.path} ${problem.code}`)]
  }
}

/** A value of each filter of the contract, as a caller writes it. */
const values: Readonly<Record<keyof typeof filterTrustInRules, unknown>> = {
  id: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'],
  externalId: 'x',
  email: 'jane@example.com',
  orderId: 'o1',
  q: 'jane',
  phone: '+14155551234',
  updatedAfter: '-1d',
  updatedBefore: '-1d',
  sort: 'email:asc',
  count: 'exact',
  limit: 5,
  cursor: 'x',
  group: 'VIP',
  groupNot: ['Händler', 'b2b'],
  groupMode: 'all',
  status: 'active',
  minOrders: 5,
  maxOrders: 9,
  hasOrders: true,
  minSpent: 50_000,
  maxSpent: 90_000,
  createdAfter: '-1d',
  createdBefore: '2024-06-01',
  lastOrderAfter: '-90d',
  lastOrderBefore: '-12h',
  emailVerified: true,
  emailDomain: 'BÜCHER.example',
  metadata: { tier: 'gold' },
  country: 'us',
  city: 'Wien',
  street: 'Ring 1',
  postalCode: '1010',
  company: 'Acme',
  locale: 'de_AT',
  consent: 'marketing:granted',
}

test('the table has each filter of the list, and says of each whether a rule may use it', () => {
  const inList = Object.keys(CustomerFilter.shape)
  const paging = ['sort', 'count', 'limit', 'cursor']
  expect(Object.keys(filterTrustInRules).sort()).toEqual([...inList, ...paging].sort())
})

test.each(Object.keys(filterTrustInRules) as (keyof typeof filterTrustInRules)[])(
  'a rule with %s is taken only where its value may be trusted',
  (name) => {
    const trust = filterTrustInRules[name]
    for (const isAllowed of [false, true]) {
      const found = refusalOf({ [name]: values[name], minOrders: 1 }, isAllowed)
      if (trust === 'never') expect(found).toEqual(['invalid_input', `rule.${name} not_in_rule`])
      else if (trust === 'shopper' && !isAllowed) {
        expect(found).toEqual(['rule_not_trusted', `rule.${name} shopper_value`])
      } else expect(found).toHaveProperty(name)
    }
  },
)

test('metadata may be trusted by its keys, in both ways to write it', () => {
  for (const [key, trusted, allowed] of [
    ['tier', null, null],
    ['level', null, null],
    ['note', 'rule_not_trusted rule.metadata.note shopper_value', null],
    [
      'other',
      'rule_not_trusted rule.metadata.other shopper_value',
      'invalid_input rule.metadata.other not_declared',
    ],
  ] as const) {
    for (const rule of [{ metadata: { [key]: 'a' } }, { [`metadata.${key}`]: 'a' }]) {
      const taken = { metadata: { [key]: 'a' } }
      expect(refusalOf(rule)).toEqual(trusted?.split(/ (?=rule\.)/) ?? taken)
      expect(refusalOf(rule, true)).toEqual(allowed?.split(/ (?=rule\.)/) ?? taken)
    }
  }
})

test('every field that shoppers can change is named, in the sentence too', () => {
  const rule = { country: 'US', minOrders: 1, 'metadata.note': 'a', 'metadata.tier': 'b', city: 1 }
  expect(() => parse(rule)).toThrow(
    expect.objectContaining({
      code: 'rule_not_trusted',
      details: expect.objectContaining({
        detail: expect.stringContaining(': country, city, metadata.note.'),
      }),
    }),
  )
  expect(refusalOf(rule)).toEqual([
    'rule_not_trusted',
    'rule.country shopper_value',
    'rule.city shopper_value',
    'rule.metadata.note shopper_value',
  ])
})

test('a rule that could mean everybody, or nobody in any group, is refused', () => {
  for (const [rule, problem] of [
    [{}, 'rule too_small'],
    [{ groupMode: 'all' }, 'rule too_small'],
    [{ metadata: {} }, 'rule.metadata too_small'],
    [{ group: [] }, 'rule.group too_small'],
    [{ status: ['active', 'merged'] }, 'rule.status not_in_rule'],
    [{ status: 'erased' }, 'rule.status invalid_value'],
    [{ hasOrders: 'true' }, 'rule.hasOrders invalid_type'],
    [{ minOrders: '5' }, 'rule.minOrders invalid_type'],
    [{ minOrders: 1, minimumOrders: 5 }, 'rule.minimumOrders unknown_field'],
    [JSON.parse('{"minOrders":1,"__proto__":{}}'), 'rule.* unknown_field'],
    [JSON.parse('{"metadata.__proto__":"a"}'), 'rule.metadata.* not_declared'],
    [null, 'rule invalid_type'],
    [[], 'rule invalid_type'],
    ['minOrders=5', 'rule invalid_type'],
  ]) {
    expect(refusalOf(rule, true)).toEqual(['invalid_input', problem])
  }
})

test('a rule is stored folded, and its relative times stay relative', () => {
  const { groupMode: _, ...rest } = values
  const rule = Object.fromEntries(
    Object.entries(rest).filter(
      ([name]) => typeof filterTrustInRules[name as never] === 'string' && parses(name),
    ),
  )
  expect(parse(rule, true)).toEqual({
    ...rule,
    group: ['vip'],
    groupNot: ['b2b', 'handler'],
    status: ['active'],
    createdBefore: '2024-06-01T00:00:00.000Z',
    emailDomain: 'xn--bcher-kva.example',
    country: 'US',
    locale: 'de-AT',
  })
  expect(groupsRead(parse(rule, true))).toEqual(['b2b', 'handler', 'vip'])
  expect(groupsRead({ minOrders: 1 })).toEqual([])
})

const parses = (name: string) => filterTrustInRules[name as never] !== 'never'

test('the longest offsets lead to moments that the database stores', () => {
  const now = new Date('2026-01-10T00:00:00Z')
  for (const unit of ['h', 'd', 'w']) {
    const { createdAfter = '' } = parse({ createdAfter: `-99999${unit}` })
    expect(resolveMoment(createdAfter, now).toISOString()).toMatch(/^\d{4}-/)
    expect(refusalOf({ createdAfter: `-100000${unit}` })).toEqual([
      'invalid_input',
      'rule.createdAfter invalid_format',
    ])
  }
})

const name = fc.oneof(
  fc.constantFrom(...Object.keys(filterTrustInRules), 'metadata.tier', 'metadata.', '__proto__'),
  fc.constantFrom(...nasty),
)
const value = fc.oneof(
  fc.constantFrom(...Object.values(values)),
  fc.constantFrom(...nasty),
  fc.jsonValue({ maxDepth: 2 }),
)
const good = fc
  .subarray(
    Object.entries(values).filter(([name]) => parses(name)),
    { minLength: 1, maxLength: 4 },
  )
  .map((entries) => Object.fromEntries(entries))
const rules = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(name, value, { maxKeys: 4 }),
  good,
  fc
    .tuple(good, fc.constantFrom(...Object.keys(values)), value)
    .map(([rule, field, other]) => ({ ...rule, [field]: other })),
)

test('whatever comes in, a rule is refused with a code or taken, and what was taken is taken again as it is', () => {
  let taken = 0
  fc.assert(
    fc.property(rules, fc.boolean(), (rule, isAllowed) => {
      const found = refusalOf(rule, isAllowed)
      if (Array.isArray(found)) {
        expect(found[0]).toMatch(/^(invalid_input|rule_not_trusted)$/)
        return
      }
      taken++
      expect(parse(found, isAllowed)).toEqual(found)
      expect(parse(JSON.parse(JSON.stringify(found)), isAllowed)).toEqual(found)
    }),
    { numRuns: 1500 },
  )
  expect(taken).toBeGreaterThan(200)
})
