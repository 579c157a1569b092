import { type Context, commitQuietly, commitUnlessKept } from '#core/context'
import type { Kept } from '#db/handle'
import { newId } from '#kernel/id'
import type { Owner, StoredPassword } from '../accounts.ts'
import * as query from '../generated/query.ts'
import { away } from '../oidc/ask.ts'
import { identityOf } from '../oidc/identity-of.ts'
import { type Credential, readCredential, userNameOf, writeCredential } from './credential.ts'
import type { HanzoTenant } from './tenant.ts'
import type { Issued, TokenDesk } from './token.ts'
import type { Users } from './users.ts'

export type Desk = {
  readonly at: HanzoTenant
  readonly users: Users
  readonly tokens: TokenDesk
}

/** Whether passwords go through this service, by the password grant. Without it, they are set here and typed at the provider alone. */
export const takesPasswords = ({ at }: Pick<Desk, 'at'>): boolean =>
  at.settings.hanzo_password_grant

const EXPECTED_WITHIN_MS = 5 * 60_000

/**
 * Enqueues a job before a user is made for a customer, because the request may fail. The job compares both later, and deletes the
 * user if the customer was never committed.
 */
const expectUser = ({ tenant, now }: Context, customerId: string) =>
  query.expectUser({
    tenant,
    id: newId('job', now),
    customerId,
    createdAt: now.toISOString(),
    dueAt: new Date(now.getTime() + EXPECTED_WITHIN_MS).toISOString(),
  })

/** Makes a user for the account that a service is about to create; none if the address has an account, for then the commit decides. */
export async function setFirstPassword(
  ctx: Context,
  desk: Desk,
  owner: Omit<Owner, 'credential'>,
  password: string,
): Promise<{ readonly kept: Kept } | { readonly credential: string | null }> {
  const asked = await commitUnlessKept(ctx, {
    taken: query.findAccountByEmail({ tenant: ctx.tenant, emailKey: owner.email ?? '' }),
    expected: expectUser(ctx, owner.customerId),
  })
  if ('kept' in asked) return asked
  if (asked.found.taken.length > 0) return { credential: null }
  return makeUser(ctx, desk, owner, password)
}

/** Sets the password of the account's user, or makes a user with it. */
export async function setPassword(
  ctx: Context,
  desk: Desk,
  owner: Owner,
  password: string,
  hash?: string,
): Promise<StoredPassword> {
  const own = readCredential(owner.credential)
  if (own !== null && (await setAtHanzo(ctx, desk, own, owner, password))) {
    if (!takesPasswords(desk)) return { credential: writeCredential(own, hash) }
    const issued = await desk.tokens.byPassword(own.name, password)
    if (issued !== null && own.identity === identityIn(issued))
      return toStored(issued, own.name, hash)
    throw away('password')
  }
  const known = own === null ? await recognise(desk, owner, password) : null
  if (known !== null) return toStored(known, nameIn(known), hash)
  await commitQuietly(ctx, { expected: expectUser(ctx, owner.customerId) })
  return makeUser(ctx, desk, owner, password, hash)
}

/** False when the user is gone, also when another user has its name by now. */
async function setAtHanzo(
  { keyring, tenant }: Context,
  { users, tokens }: Desk,
  own: Credential,
  { customerId }: Owner,
  password: string,
): Promise<boolean> {
  if (own.name !== userNameOf(keyring, tenant, customerId)) {
    const subject = await users.subjectOf(own.name)
    if (subject === null || !tokens.isIdentity(own.identity, subject, own.name)) return false
  }
  return (await users.setPassword(own.name, password)) === 'set'
}

/** The owner is the user with this address if the inbox is proven and the password is the user's. */
async function recognise(desk: Desk, { email, isProven }: Owner, password: string) {
  const { tokens } = desk
  if (email === null || !isProven || !takesPasswords(desk)) return null
  const issued = await tokens.byPassword(email, password)
  return issued === null || MADE_HERE.test(nameIn(issued)) ? null : issued
}

/** A user with such a name belongs to another customer, or is deleted with the request that made it. */
const MADE_HERE = /^cust_[0-9a-z]{26}-[0-9a-f]{16}$/

/** Makes a user for the customer. If another user has the address already, the new one gets no address, for the two may differ. */
async function makeUser(
  ctx: Context,
  desk: Desk,
  owner: Omit<Owner, 'credential'>,
  password: string,
  hash?: string,
): Promise<StoredPassword> {
  const { at, users, tokens } = desk
  const name = userNameOf(ctx.keyring, ctx.tenant, owner.customerId)
  const state = { email: owner.email, emailVerified: owner.isProven && owner.email !== null }
  const silent = { email: null, emailVerified: false }
  let made = await users.create({ name, password, ...state })
  if (made === 'email_taken') made = await users.create({ name, password, ...silent })
  if (made === 'email_taken') throw away('make user')
  if (made === 'name_taken') {
    const done = await users.update(name, { ...state, isForbidden: false })
    if (done === 'email_taken') await users.update(name, { ...silent, isForbidden: false })
    await users.setPassword(name, password)
  }
  if (!takesPasswords(desk)) {
    const subject = await users.subjectOf(name)
    if (subject === null) throw away('make user')
    return { credential: writeCredential({ identity: identityOf(at.issuer, subject), name }, hash) }
  }
  const issued = await tokens.byPassword(name, password).catch(async (error: unknown) => {
    if (made === 'made') await users.remove(name).catch(leftToJob)
    throw error
  })
  if (issued === null) throw away('first login')
  return toStored(issued, name, hash)
}

/** The job that was enqueued before handles a user that is still there. */
const leftToJob = () => undefined

const identityIn = ({ bearer }: Issued): string => (bearer.service === null ? bearer.identity : '')
const nameIn = ({ bearer }: Issued): string => (bearer.service === null ? bearer.name : '')

const toStored = (issued: Issued, name: string, hash?: string): StoredPassword => ({
  credential: writeCredential({ identity: identityIn(issued), name }, hash),
  grant: issued,
})
