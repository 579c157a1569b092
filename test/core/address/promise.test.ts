import type { SQL } from 'drizzle-orm'
import pg from 'pg'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import { addAddress } from '#core/address'
import { functionNameInDatabase } from '../../../dev/functions/function-name-in-database.ts'
import { bookOf, contextAt, customerRow } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { sql } from '../../support/sql.ts'
import { until } from '../../support/until.ts'

const app = await startTestApp()
const street = (i: number, country = 'AQ') => ({ line1: `${i} Main St`, country })

let customerId: string
let addresses: string[]

beforeEach(async () => {
  customerId = await customerRow(app)
  addresses = []
  for (const i of [1, 2]) {
    const { value } = await addAddress(contextAt(app, app.runtime.now()), customerId, street(i))
    addresses.push(value.id)
  }
})

const it = (table: SQL, id: string) => sql`${table}.tenant = ${app.tenant} and ${table}.id = ${id}`
const customer = (set: SQL, id = customerId) =>
  sql`update customer set ${set} where ${it(sql`customer`, id)}`
const address = (set: SQL, i: number) =>
  sql`update address set ${set} where ${it(sql`address`, addresses[i] ?? '')}`
const remove = (i: number) => sql`delete from address where ${it(sql`address`, addresses[i] ?? '')}`

type Statement = ReturnType<typeof sql>
const run = (...statements: Statement[]) => app.db.run([...statements, sql`select`])

describe('whatever the code does, the database refuses', () => {
  const defaults = /23514 customer_has_default_addresses/
  test.each<[string, () => Statement[], RegExp]>([
    [
      'a customer without a default for shipping',
      () => [customer(sql`default_shipping_id = null`)],
      defaults,
    ],
    [
      'a customer without a default for billing',
      () => [customer(sql`default_billing_id = null`)],
      defaults,
    ],
    ['a default that nobody vouches for', () => [address(sql`unproven = true`, 0)], defaults],
    ['a default removed', () => [remove(0)], /23503 customer_default_\w+_is_its_own|23514/],
    [
      'the last default removed, and the pointers left',
      () => [remove(1), remove(0)],
      /23503 customer_default_\w+_is_its_own|23514/,
    ],
  ])('%s', async (_, statements, refusal) => {
    const before = await bookOf(app, customerId)
    await expect(run(...statements())).rejects.toThrow(refusal)
    expect(await bookOf(app, customerId)).toEqual(before)
  })

  test('a first address that is no default', async () => {
    const other = await customerRow(app)
    await expect(
      run(
        sql`insert into address (tenant, id, customer_id, line1, country, sameness, keys, created_at, updated_at)
          select tenant, id || 'x', ${other}, line1, country, sameness, keys, created_at, updated_at
          from address where ${it(sql`address`, addresses[0] ?? '')}`,
      ),
    ).rejects.toThrow(defaults)
  })

  test("another customer's address as a default", async () => {
    const other = await customerRow(app)
    const { value } = await addAddress(contextAt(app, app.runtime.now()), other, street(1))
    for (const pointer of [sql`default_shipping_id`, sql`default_billing_id`]) {
      await expect(run(customer(sql`${pointer} = ${value.id}`))).rejects.toThrow(/23503|23514/)
    }
  })

  test('a guest with unproven defaults that becomes an account', async () => {
    const guest = await customerRow(app, 'guest')
    const { value } = await addAddress(contextAt(app, app.runtime.now()), guest, street(1))
    await run(sql`update address set unproven = true where ${it(sql`address`, value.id)}`)
    await expect(run(customer(sql`status = 'active'`, guest))).rejects.toThrow(defaults)
  })

  test('two of the same, and says so in our words', async () => {
    await expect(
      run(
        address(
          sql`sameness = (select sameness from address o where ${it(sql`o`, addresses[0] ?? '')})`,
          1,
        ),
      ),
    ).rejects.toThrow('address_exists')
  })
})

test('of two transactions that each see a whole book, the one that would break the other waits and is refused', async () => {
  const [remover, adder] = [new pg.Client(inject('database')), new pg.Client(inject('database'))]
  await Promise.all([remover.connect(), adder.connect()])
  const of = [app.tenant, customerId]
  try {
    await Promise.all([remover.query('begin'), adder.query('begin')])
    await remover.query(
      `update customer set default_shipping_id = null, default_billing_id = null
        where tenant = $1 and id = $2`,
      of,
    )
    await remover.query('delete from address where tenant = $1 and customer_id = $2', of)
    await remover.query('set constraints all immediate')
    const { pid } = (await adder.query('select pg_backend_pid() as pid')).rows[0]
    const added = adder.query(
      `insert into address (tenant, id, customer_id, line1, country, sameness, keys, created_at, updated_at)
        values ($1, $2 || 'x', $2, 'New St', 'AQ', 'new', '{}', now(), now())`,
      of,
    )
    await until(async () => {
      const [waiting] = await app.db.run([
        sql`select from pg_stat_activity where pid = ${pid}::int and wait_event_type = 'Lock'`,
      ])
      return waiting?.length === 1
    })
    await remover.query('commit')
    await added
    await expect(adder.query('commit')).rejects.toThrow('defaults of a customer')
  } finally {
    await Promise.all([remover.end(), adder.end()])
  }
})

describe('the promise costs', () => {
  const triggers = async (statement: SQL): Promise<string[]> => {
    const [, plan] = await app.db.run([
      sql`set constraints all immediate`,
      sql`explain (analyze, costs off, timing off, summary off) ${statement}`,
    ])
    const lines = (plan ?? []).map((row) => String(row['QUERY PLAN']))
    return lines.filter((line) => line.includes('rigger') && /default|address/.test(line))
  }

  test('an update of anything else nothing', async () => {
    expect(await triggers(customer(sql`first_name = 'New', version = version + 1`))).toEqual([])
    expect(await triggers(customer(sql`status = 'disabled'`))).toEqual([])
    expect(await triggers(address(sql`city = 'New', version = version + 1`, 0))).toEqual([])
  })

  test('an update of a default its own check', async () => {
    const moved = await triggers(customer(sql`default_billing_id = ${addresses[1]}`))
    expect(moved.join()).toMatch(/customer_default_billing_is_its_own: .*calls=1/)
    expect(moved.join()).toMatch(/customer_has_default_addresses: .*calls=1/)
  })
})

describe('it accepts, at the end of the transaction,', () => {
  test('defaults moved and removed in any order', async () => {
    await run(
      remove(0),
      customer(sql`default_shipping_id = ${addresses[1]}, default_billing_id = ${addresses[1]}`),
    )
    await run(remove(1), customer(sql`default_shipping_id = null, default_billing_id = null`))
  })

  test('an address moved to another customer, with both settled', async () => {
    const other = await customerRow(app)
    const settle = (id: string) =>
      sql`select ${sql.raw(functionNameInDatabase('assign_default_addresses'))}(${app.tenant}, ${id}, null, null)`
    await run(address(sql`customer_id = ${other}`, 0), settle(other), settle(customerId))
    const [mine, theirs] = [await bookOf(app, customerId), await bookOf(app, other)]
    expect(mine.customer).toMatchObject({ default_shipping_id: addresses[1] })
    expect(theirs.customer).toMatchObject({ default_billing_id: addresses[0] })
    await expect(run(address(sql`customer_id = ${other}`, 1), settle(other))).rejects.toThrow(
      /23503|23514/,
    )
  })

  test('what is no longer listed half taken apart', async () => {
    await run(customer(sql`status = 'deleted'`), customer(sql`default_billing_id = null`))
    await expect(run(customer(sql`status = 'active'`))).rejects.toThrow(
      /23514 customer_has_default_addresses/,
    )
  })
})
