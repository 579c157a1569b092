import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const { call, drain } = await startTestApp()

describe.each([
  ['group', 'group'],
  ['group', 'groupNot'],
  ['groupNot', 'group'],
  ['groupNot', 'groupNot'],
])('a reads b by %s, and b reads c by %s', (first, second) => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `${name}-${first}-${second}`.toLowerCase())
  const readsB = { rule: { [first]: [b] } }
  const readsC = { rule: { [second]: [c] } }
  const country = { rule: { country: 'AT' } }
  const orders = { rule: { minOrders: 5 } }
  const allow = { allowShopperValues: true }

  const post = (key: string | undefined, body: object) =>
    call('POST', '/group', { body: { key, ...body } })
  const patch = (key: string | undefined, body: object) => call('PATCH', `/group/${key}`, { body })
  const drop = async () => {
    for (const key of [a, b, c]) await call('DELETE', `/group/${key}`)
  }
  const told = async (answer: ReturnType<typeof call>) => {
    const { status, body } = await answer
    return [
      status,
      ...(body.errors ?? []).map(({ path, message }: { path: string; message: string }) =>
        [path, /`(.*?)`/.exec(message)?.[1]].filter(Boolean).join(' '),
      ),
    ]
  }
  /** The refusal of the rule of b, which names c. */
  const refusedB = [422, `rule.${second} ${c}`]
  /** The refusal of the rule of a, which names b, and reads c through b. */
  const refusedA = [422, `rule.${first} ${b}`, `rule ${c}`]
  const refusedFlag = (...keys: (string | undefined)[]) => [
    422,
    ...keys.map((key) => `allowShopperValues ${key}`),
  ]

  test('the readers of a group of shoppers are refused, however they come to read it', async () => {
    await post(c, { ...country, ...allow })
    expect(await told(post(b, readsC))).toEqual(refusedB)
    await post(b, orders)
    await post(a, readsB)
    expect(await told(patch(b, readsC))).toEqual(refusedB)
    expect(await told(patch(b, { ...readsC, ...allow }))).toEqual(refusedFlag(a))
    expect(await told(patch(b, allow))).toEqual(refusedFlag(a))
    await call('DELETE', `/group/${a}`)
    expect((await patch(b, { ...readsC, ...allow })).status).toBe(200)
    expect(await told(post(a, readsB))).toEqual(refusedA)
    expect(await told(call('POST', '/group-preview', { body: readsB }))).toEqual(refusedA)
    expect(await told(patch(b, { allowShopperValues: false }))).toEqual(refusedB)
    await post(a, orders)
    expect(await told(patch(a, readsB))).toEqual(refusedA)
    expect((await patch(a, { ...readsB, ...allow })).status).toBe(200)
    expect(await told(patch(a, { allowShopperValues: false }))).toEqual(refusedA)
    expect(await told(patch(c, { allowShopperValues: false }))).toEqual([422, 'rule.country'])
    expect((await patch(c, { ...orders, allowShopperValues: false })).status).toBe(200)
    // Whom the old rule let in is still there.
    expect(await told(patch(b, { allowShopperValues: false }))).toEqual(refusedB)
    await drain()
    expect(await told(patch(a, { allowShopperValues: false }))).toEqual([422, `rule.${first} ${b}`])
    expect((await patch(b, { allowShopperValues: false })).status).toBe(200)
    await drain()
    expect((await patch(a, { allowShopperValues: false })).status).toBe(200)
    await drop()
  })

  test.each([
    ['a rule', orders],
    ['no rule', {}],
  ])(
    'the flag of a group with %s that trusted rules read is refused with their keys',
    async (_, body) => {
      await post(c, body)
      await post(b, readsC)
      await post(a, readsB)
      for (const asked of [allow, { ...country, ...allow }]) {
        expect(await told(patch(c, asked))).toEqual(refusedFlag(a, b))
      }
      expect(await told(patch(c, country))).toEqual([422, 'rule.country'])
      await drop()
    },
  )

  test('and when two of these changes race, never both are made', async () => {
    for (const race of [
      () => [patch(c, allow), patch(b, readsC)],
      () => [patch(c, { ...country, ...allow }), patch(b, readsC)],
      () => [patch(b, { ...readsC, ...allow }), post(a, readsB)],
    ]) {
      await post(c, orders)
      await post(b, orders)
      const answers = await Promise.all(race())
      const made = answers.filter(({ status }) => status < 300)
      const not = answers.filter(({ body }) => body.code === 'rule_not_trusted')
      expect([made.length, not.length]).toEqual([1, 1])
      await drop()
    }
  })
})
