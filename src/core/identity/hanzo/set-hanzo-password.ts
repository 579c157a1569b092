import { type Context, commitUnlessAnswered, commitWithoutKey } from '#core/context'
import type { Kept } from '#db/use-case-call'
import { newId } from '#kernel/id'
import type { PasswordOwner, StoredPassword } from '../account-provider.ts'
import * as query from '../generated/query.ts'
import { identityHash } from '../oidc/identity-hash.ts'
import { providerAwayRefusal } from '../oidc/request-provider.ts'
import {
  type HanzoCredential,
  hanzoCredentialText,
  hanzoUserName,
  readHanzoCredential,
} from './credential.ts'
import type { HanzoTenant } from './tenant.ts'
import type { IssuedTokens, TokenClient } from './token-client.ts'
import type { HanzoUsers } from './users-interface.ts'

export type HanzoApi = {
  readonly at: HanzoTenant
  readonly users: HanzoUsers
  readonly tokens: TokenClient
}

/** Whether passwords go through this service, by the password grant. Without that grant, this service only sets passwords, and shoppers enter them at the provider. */
export const usesPasswordGrant = ({ at }: Pick<HanzoApi, 'at'>): boolean =>
  at.settings.hanzo_password_grant

const EXPECTED_WITHIN_MS = 5 * 60_000

/**
 * Enqueues a job before a user is made for a customer, because the request may fail. Later the job compares the user with the customer. It deletes the user if the customer was never committed.
 */
const expectUser = ({ tenant, now }: Context, customerId: string) =>
  query.enqueueLaterMirror({
    tenant,
    id: newId('job', now),
    customerId,
    createdAt: now.toISOString(),
    dueAt: new Date(now.getTime() + EXPECTED_WITHIN_MS).toISOString(),
  })

/** Makes a user for the account that a service is about to create. If the address has an account already, it makes none, and the commit decides. */
export async function makeHanzoUserWithPassword(
  ctx: Context,
  desk: HanzoApi,
  owner: Omit<PasswordOwner, 'credential'>,
  password: string,
): Promise<{ readonly kept: Kept } | { readonly credential: string | null }> {
  const asked = await commitUnlessAnswered(ctx, {
    taken: query.findAccountByEmail({ tenant: ctx.tenant, emailKey: owner.email ?? '' }),
    expected: expectUser(ctx, owner.customerId),
  })
  if ('kept' in asked) return asked
  if (asked.found.taken.length > 0) return { credential: null }
  return makeUser(ctx, desk, owner, password)
}

/** Sets the password of the account's user, or makes a user with it. */
export async function setHanzoPassword(
  ctx: Context,
  desk: HanzoApi,
  owner: PasswordOwner,
  password: string,
  hash?: string,
): Promise<StoredPassword> {
  const own = readHanzoCredential(owner.credential)
  if (own !== null && (await setAtHanzo(ctx, desk, own, owner, password))) {
    if (!usesPasswordGrant(desk)) return { credential: hanzoCredentialText(own, hash) }
    const issued = await desk.tokens.byPassword(own.name, password)
    if (issued !== null && own.identity === identityIn(issued))
      return toStored(issued, own.name, hash)
    throw providerAwayRefusal('password')
  }
  const known = own === null ? await recognise(desk, owner, password) : null
  if (known !== null) return toStored(known, nameIn(known), hash)
  await commitWithoutKey(ctx, { expected: expectUser(ctx, owner.customerId) })
  return makeUser(ctx, desk, owner, password, hash)
}

/** False when the user is gone, also when another user has its name by now. */
async function setAtHanzo(
  { keyring, tenant }: Context,
  { users, tokens }: HanzoApi,
  own: HanzoCredential,
  { customerId }: PasswordOwner,
  password: string,
): Promise<boolean> {
  if (own.name !== hanzoUserName(keyring, tenant, customerId)) {
    const subject = await users.subjectOf(own.name)
    if (subject === null || !tokens.isIdentity(own.identity, subject, own.name)) return false
  }
  return (await users.setPassword(own.name, password)) === 'set'
}

/** The owner is the user with this address if the inbox is proven and the password is the user's. */
async function recognise(desk: HanzoApi, { email, isProven }: PasswordOwner, password: string) {
  const { tokens } = desk
  if (email === null || !isProven || !usesPasswordGrant(desk)) return null
  const issued = await tokens.byPassword(email, password)
  return issued === null || MADE_HERE.test(nameIn(issued)) ? null : issued
}

/** A user with such a name belongs to another customer, or is deleted with the request that made it. */
const MADE_HERE = /^cust_[0-9a-z]{26}-[0-9a-f]{16}$/

/** Makes a user for the customer. If another user has the address already, the new one gets no address, for the two may differ. */
async function makeUser(
  ctx: Context,
  desk: HanzoApi,
  owner: Omit<PasswordOwner, 'credential'>,
  password: string,
  hash?: string,
): Promise<StoredPassword> {
  const { at, users, tokens } = desk
  const name = hanzoUserName(ctx.keyring, ctx.tenant, owner.customerId)
  const state = { email: owner.email, emailVerified: owner.isProven && owner.email !== null }
  const silent = { email: null, emailVerified: false }
  let made = await users.create({ name, password, ...state })
  if (made === 'email_taken') made = await users.create({ name, password, ...silent })
  if (made === 'email_taken') throw providerAwayRefusal('make user')
  if (made === 'name_taken') {
    const done = await users.update(name, { ...state, isForbidden: false })
    if (done === 'email_taken') await users.update(name, { ...silent, isForbidden: false })
    await users.setPassword(name, password)
  }
  if (!usesPasswordGrant(desk)) {
    const subject = await users.subjectOf(name)
    if (subject === null) throw providerAwayRefusal('make user')
    return {
      credential: hanzoCredentialText({ identity: identityHash(at.issuer, subject), name }, hash),
    }
  }
  const issued = await tokens.byPassword(name, password).catch(async (error: unknown) => {
    if (made === 'made') await users.remove(name).catch(leftToJob)
    throw error
  })
  if (issued === null) throw providerAwayRefusal('first login')
  return toStored(issued, name, hash)
}

/** The job that was enqueued before handles a user that is still there. */
const leftToJob = () => undefined

const identityIn = ({ bearer }: IssuedTokens): string =>
  bearer.service === null ? bearer.identity : ''
const nameIn = ({ bearer }: IssuedTokens): string => (bearer.service === null ? bearer.name : '')

const toStored = (issued: IssuedTokens, name: string, hash?: string): StoredPassword => ({
  credential: hanzoCredentialText({ identity: identityIn(issued), name }, hash),
  grant: issued,
})
