import { newId } from '#kernel/id'
import { PASSWORD } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'
import type { Command } from './command.ts'
import type { World } from './world.ts'

const WRONG = 'not the right one 42'

/** As an import leaves accounts: whatever was known of the proofs elsewhere. */
export async function importAccount(
  world: World,
  { email, active, verified, claimed }: Command<'import'>,
) {
  const key = world.emailAt(email)
  const id = newId('customer', world.app.runtime.now())
  const now = world.app.runtime.now().toISOString()
  const made = await insertQuietly()
  if (made && verified && claimed) (active ? world.proven : world.vouched).add(id)

  async function insertQuietly(): Promise<boolean> {
    const rows = await world.app.db
      .run([
        sql`with made as (insert into customer (tenant, id, email, email_key, status, email_verified_at, claimed_at, sequence, created_at, updated_at)
            select ${world.app.tenant}, ${id}, ${key}, ${key}, ${active ? 'active' : 'unverified'},
              case when ${verified}::boolean then ${now}::timestamptz end, case when ${claimed}::boolean then ${now}::timestamptz end,
              1, ${now}::timestamptz, ${now}::timestamptz
            on conflict do nothing returning *)
          insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
          select tenant, ${newId('event', world.app.runtime.now())}, id, 1, 'customer.created', '{}', '{"type":"system","id":"import"}', created_at
          from made`,
      ])
      .catch(() => undefined)
    return rows !== undefined || (await world.look()).customers.some((one) => one.id === id)
  }
}

export async function verify(world: World, { email, how }: Command<'verify'>) {
  const address = world.emailAt(email)
  const token = world.linkTo(address, 'verify')
  if (token === undefined) return
  const struck = world.struck
  const { status } = await world.ask('POST', '/auth/verify-email', {
    token: await world.app.storefrontToken(),
    body: { token, ...(how === 'link' ? {} : { password: how === 'right' ? PASSWORD : WRONG }) },
  })
  if (status === 200 || (how !== 'link' && world.struck > struck)) world.provenEmails.add(address)
}

export async function reset(world: World, { email }: Command<'reset'>) {
  world.app.advance(61_000)
  const address = world.emailAt(email)
  const token = await world.app.storefrontToken()
  await world.ask('POST', '/auth/password/forgot', { token, body: { email: address } })
  await world.drain()
  const link = world.linkTo(address, 'reset')
  if (link === undefined) return
  const struck = world.struck
  const body = { token: link, password: PASSWORD }
  const { status } = await world.ask('POST', '/auth/password/reset', { token, body })
  if (status === 204 || status === 200 || world.struck > struck) world.provenEmails.add(address)
}

export async function move(world: World, { who, email }: Command<'move'>) {
  const id = world.who(who)
  if (id === undefined || world.find(id)?.status !== 'active') return
  const shopper = await world.app.shopperToken(id).catch(() => undefined)
  if (shopper === undefined) return
  world.app.advance(61_000)
  const address = world.emailAt(email)
  await world.ask('POST', '/auth/email/change', {
    token: shopper,
    body: { email: address, password: PASSWORD },
  })
  await world.drain()
  const token = world.linkTo(address, 'confirm')
  if (token === undefined) return
  world.proven.add(id)
  const body = { token, password: PASSWORD }
  await world.ask('POST', '/auth/email/confirm', { token: await world.app.storefrontToken(), body })
  await world.drain()
}

/** Who has the old inbox takes the account back; whose it is has then to be proven anew. */
export async function returnEmail(world: World, { email }: Command<'return'>) {
  const token = world.linkTo(world.emailAt(email), 'undo')
  if (token === undefined) return
  const id = token.split('.')[0] ?? ''
  const { status } = await world.ask('POST', '/auth/email/undo', {
    token: await world.app.storefrontToken(),
    body: { token },
  })
  if (status < 300) world.disproven.add(id)
}
