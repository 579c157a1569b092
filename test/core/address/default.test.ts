import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addAddress,
  deleteAddress,
  listAddresses,
  newAddressValues,
  updateAddress,
} from '#core/address'
import type { Context } from '#core/context'
import { newId } from '#kernel/id'
import { functionNameInDatabase } from '../../../dev/functions/function-name-in-database.ts'
import { bookOf, contextAt, customerRow } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { runs } from '../../support/runs.ts'
import { sql } from '../../support/sql.ts'
import { AddressBookModel, purposes, type Wish } from './model.ts'

const app = await startTestApp()
const countries = ['AQ', 'HM', 'BV'] as const

type Step =
  | { readonly do: 'add'; readonly street: number; readonly country: string; readonly wish: Wish }
  | { readonly do: 'write unproven'; readonly street: number; readonly country: string }
  | {
      readonly do: 'change'
      readonly which: number
      readonly label?: string
      readonly country?: string
      readonly wish: Wish
    }
  | { readonly do: 'remove'; readonly which: number }

const wish = fc.record(
  { isDefault: fc.boolean(), defaultFor: fc.uniqueArray(fc.constantFrom(...purposes)) },
  { requiredKeys: [] },
)
const street = fc.nat(5)
const country = fc.constantFrom(...countries)
const which = fc.nat(9)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), street, country, wish }),
  fc.record({ do: fc.constant('write unproven' as const), street, country }),
  fc.record(
    { do: fc.constant('change' as const), which, wish, label: fc.constantFrom('a', 'b'), country },
    { requiredKeys: ['do', 'which', 'wish'] },
  ),
  fc.record({ do: fc.constant('remove' as const), which }),
)

async function take(
  ctx: Context,
  customerId: string,
  model: AddressBookModel,
  step: Step,
): Promise<void> {
  const at = ctx.now.getTime()
  const line1 = (number: number) => `${number} Main St`
  if (step.do === 'add') {
    const { street, country, wish } = step
    const answer = await addAddress(ctx, customerId, { line1: line1(street), country, ...wish })
    const twin = model.twin(street, country)
    expect(answer.created).toBe(twin === undefined)
    const { id } = answer.value
    if (twin === undefined)
      model.book.push({ id, street, country, label: null, unproven: false, at })
    else twin.unproven = false
    const moved = model.settle(twin === undefined ? id : null, model.wished(wish))
    if (moved || twin === undefined) model.changes++
  }
  if (step.do === 'write unproven') {
    const { street, country } = step
    const id = newId('address', ctx.now)
    const moment = ctx.now.toISOString()
    const { sameness, keys } = newAddressValues({ line1: line1(street), country })
    await app.db.run([
      sql`select from customer where tenant = ${ctx.tenant} and id = ${customerId} for no key update`,
      sql`insert into address (tenant, id, customer_id, line1, country, sameness, keys, unproven, created_at, updated_at)
        values (${ctx.tenant}, ${id}, ${customerId}, ${line1(street)}, ${country}, ${sameness}, ${JSON.stringify(keys)}, true, ${moment}, ${moment})
        on conflict (tenant, customer_id, sameness) do nothing`,
      sql`select ${sql.raw(functionNameInDatabase('assign_default_addresses'))}(${ctx.tenant}, ${customerId}, null, null)`,
      // A guest is made with its address: nothing of that is a change that a reader missed.
      sql`update customer set changed_at = '{}' where tenant = ${ctx.tenant} and id = ${customerId}`,
    ])
    if (model.twin(street, country) === undefined) {
      model.book.push({ id, street, country, label: null, unproven: true, at })
    }
    model.settle()
  }
  const kept = 'which' in step ? model.book[step.which % model.book.length] : undefined
  if (step.do === 'change' && kept !== undefined) {
    const { do: _, which, wish, ...change } = step
    const next = { ...kept, ...change }
    const twin = model.twin(next.street, next.country)
    const answer = updateAddress(ctx, customerId, kept.id, { ...change, ...wish })
    if (twin !== undefined && twin !== kept) {
      await expect(answer).rejects.toThrow('address_exists')
      return
    }
    await answer
    const wished = model.wished(wish)
    const differs =
      next.label !== kept.label ||
      next.country !== kept.country ||
      wished.some((purpose) => model.holders[purpose] !== kept.id)
    if (!differs) return
    Object.assign(kept, next, { unproven: false, at })
    model.settle(kept.id, wished)
    model.changes++
  }
  if (step.do === 'remove' && kept !== undefined) {
    await deleteAddress(ctx, customerId, kept.id)
    model.book = model.book.filter(({ id }) => id !== kept.id)
    model.settle()
    model.changes++
  }
}

async function compare(ctx: Context, customerId: string, model: AddressBookModel): Promise<void> {
  const { page } = await listAddresses(ctx, customerId, { limit: 100 })
  const { customer } = await bookOf(app, customerId)
  expect(
    page.data.map(({ id, label, country, isDefault, defaultFor }) => ({
      id,
      label,
      country,
      isDefault,
      defaultFor,
    })),
  ).toEqual(
    model.book.map(({ id, label, country }) => ({
      id,
      label,
      country,
      isDefault: model.holders.shipping === id,
      defaultFor: purposes.filter((purpose) => model.holders[purpose] === id),
    })),
  )
  expect(customer).toMatchObject({
    events: model.changes,
    sequence: model.changes,
    version: 1 + model.changes,
  })
}

describe.each([
  ['an account', 'active'],
  ['a guest', 'guest'],
] as const)('whatever happens to the addresses of %s', (_, status) => {
  test('each default has one holder, the most recent follows, and what changed is told once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const customerId = await customerRow(app, status)
        const model = new AddressBookModel(status === 'guest')
        const start = Date.UTC(2030, 0, 1)
        for (const [i, one] of steps.entries()) {
          const ctx = contextAt(app, new Date(start + i * 1000))
          await take(ctx, customerId, model, one)
          await compare(ctx, customerId, model)
        }
      }),
      { numRuns: runs(40, 600) },
    )
  })
})
