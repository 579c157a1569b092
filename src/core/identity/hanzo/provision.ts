import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, commitUnlessKept, look } from '#core/context'
import { enqueue } from '#core/outbox'
import type { Holder, Kept } from '../accounts.ts'
import { away } from './ask.ts'
import { type Credential, readCredential, userNameOf, writeCredential } from './credential.ts'
import type { Issued, TokenDesk } from './token.ts'
import type { Users } from './users.ts'

export type Desk = { readonly users: Users; readonly tokens: TokenDesk }

const INTENT_MS = 5 * 60_000

/**
 * Leaves word that a user is about to be made for a customer. Whatever becomes of the request, the job compares both later: a user
 * whose customer was never committed goes.
 */
export const intend = (ctx: Context, customerId: string) =>
  enqueue(ctx, {
    kind: 'mirror',
    payload: sql`jsonb_build_object('customer', ${customerId}::text)`,
    dueAt: new Date(ctx.now.getTime() + INTENT_MS),
  })

const hasAccount = ({ tenant }: Context, email: string | null) =>
  look(sql`select from customer where tenant = ${tenant} and email_key = ${email}
    and status in ('unverified', 'active', 'disabled') and not provisional`)

/** A user for the account that a service is about to make; none when the address has one, for then the commit decides. */
export async function enroll<A>(
  ctx: Context,
  desk: Desk,
  holder: Omit<Holder, 'credential'>,
  password: string,
): Promise<{ readonly kept: A } | { readonly credential: string | null }> {
  const statements = {
    taken: hasAccount(ctx, holder.email),
    intent: intend(ctx, holder.customerId),
  }
  const asked = await commitUnlessKept<A, typeof statements>(ctx, statements)
  if ('kept' in asked) return asked
  if (asked.found.taken.length > 0) return { credential: null }
  return makeUser(ctx, desk, holder, password)
}

/** Sets the password of the user that an account has; else gives it one. */
export async function keepPassword(
  ctx: Context,
  desk: Desk,
  holder: Holder,
  password: string,
  hash?: string,
): Promise<Kept> {
  const own = readCredential(holder.credential)
  if (own !== null && (await setPassword(ctx, desk, own, holder, password))) {
    const issued = await desk.tokens.byPassword(own.name, password)
    if (issued !== null && own.identity === identityIn(issued))
      return toKept(issued, own.name, hash)
    throw away('password')
  }
  const known = own === null ? await recognise(desk, holder, password) : null
  if (known !== null) return toKept(known, nameIn(known), hash)
  await commitQuietly(ctx, { intent: intend(ctx, holder.customerId) })
  return makeUser(ctx, desk, holder, password, hash)
}

/** False when there is no such user any more, also when somebody else has its name by now. */
async function setPassword(
  { keyring, tenant }: Context,
  { users, tokens }: Desk,
  own: Credential,
  { customerId }: Holder,
  password: string,
): Promise<boolean> {
  if (own.name !== userNameOf(keyring, tenant, customerId)) {
    const subject = await users.subjectOf(own.name)
    if (subject === null || !tokens.isIdentity(own.identity, subject, own.name)) return false
  }
  return (await users.setPassword(own.name, password)) === 'set'
}

/** Someone who reads the inbox and has the password of the user with this address is that user: both were shown to us. */
async function recognise({ tokens }: Desk, { email, isProven }: Holder, password: string) {
  if (email === null || !isProven) return null
  const issued = await tokens.byPassword(email, password)
  return issued === null || MADE_HERE.test(nameIn(issued)) ? null : issued
}

/** Such a user belongs to another customer, or goes with the request that made it. */
const MADE_HERE = /^cust_[0-9a-z]{26}-[0-9a-f]{16}$/

/** A user of the customer's own. One that has its address already is somebody else until that is shown: ours gets none then. */
export async function makeUser(
  ctx: Context,
  { users, tokens }: Desk,
  holder: Omit<Holder, 'credential'>,
  password: string,
  hash?: string,
): Promise<Kept> {
  const name = userNameOf(ctx.keyring, ctx.tenant, holder.customerId)
  const state = { email: holder.email, emailVerified: holder.isProven && holder.email !== null }
  const silent = { email: null, emailVerified: false }
  let made = await users.create({ name, password, ...state })
  if (made === 'email_taken') made = await users.create({ name, password, ...silent })
  if (made === 'email_taken') throw away('make user')
  if (made === 'name_taken') {
    const done = await users.update(name, { ...state, isForbidden: false })
    if (done === 'email_taken') await users.update(name, { ...silent, isForbidden: false })
    await users.setPassword(name, password)
  }
  const issued = await tokens.byPassword(name, password).catch(async (error: unknown) => {
    if (made === 'made') await users.remove(name).catch(leftToJob)
    throw error
  })
  if (issued === null) throw away('first login')
  return toKept(issued, name, hash)
}

/** The job that was left before finds what is still there. */
const leftToJob = () => undefined

const identityIn = ({ bearer }: Issued): string => (bearer.service === null ? bearer.identity : '')
const nameIn = ({ bearer }: Issued): string => (bearer.service === null ? bearer.name : '')

const toKept = (issued: Issued, name: string, hash?: string): Kept => ({
  credential: writeCredential({ identity: identityIn(issued), name }, hash),
  grant: issued,
})
