import { newAccount } from '#core/account'
import { type Context, commitQuietly } from '#core/context'
import { emailKey } from '#core/customer'
import {
  countedTry,
  type LoginHandle,
  markOfAccount,
  readLoginHandle,
  releaseTry,
  reserveTry,
  typedHashes,
} from '#core/identity'
import { mailing } from '#core/mail'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import { endingPasskeys } from '#core/passkey'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { findLogin } from './query/find.ts'
import { givenBackBounds } from './quota.ts'
import { handleKey, tryOfCode } from './try.ts'

/** What a shopper shows. */
type Typed = {
  readonly handle: string
  readonly code: string
  /** The address as it was typed; absent: the handle's address. */
  readonly email?: string
  readonly deviceToken?: string | undefined
}

/** @property mayBeNew whether a code makes an account of an address that has none; otherwise the shop's settings say so. */
type Options = { readonly mayBeNew?: boolean }

/**
 * Proof by the code of a mail. It proves the inbox, as a reset does. The statements of `proof` belong into the commit that it allows: they
 * spend the code, and verify and claim an account that is not claimed yet, or make the account of a registration or of a new address. The try is counted before.
 * Refuses `invalid_credentials` for a code that is wrong, spent, too old, or of another handle, `too_many_attempts`.
 */
export async function proveCode(
  ctx: Context,
  { email, code, deviceToken, ...typed }: Typed,
  { mayBeNew = ctx.settings.allow_code_registration }: Options = {},
) {
  const handle = readLoginHandle(ctx, typed.handle)
  const key = email === undefined ? handle?.emailKey : emailKey(email)
  if (key !== undefined) ctx.outcome.tried = markOfAccount(ctx.keyring, key)
  if (handle === null || handle.emailKey !== key) throw new Refusal('invalid_credentials')
  const asked = tryOfCode(ctx, handle, deviceToken)
  const { tenant } = ctx
  const { found, reserved } = await commitQuietly(ctx, {
    found: query.findLogin({
      tenant,
      handle: handle.id,
      handleKey: handleKey(ctx, handle.id),
      emailKey: key,
      now: ctx.now.toISOString(),
    }),
    reserved: reserveTry(ctx, asked, { emailKey: key }),
  })
  const [{ account = null, isRegistering = false, isSpent = false } = {}] = found
  if (isSpent) throw new Refusal('invalid_credentials')
  const tried = countedTry(ctx, asked, reserved)
  const token = rightOne(ctx, handle, code, found)
  if (token === undefined || (account === null && !isRegistering && !mayBeNew)) {
    throw new Refusal('invalid_credentials')
  }
  const released = releaseTry(ctx, tried, { forget: true })
  const spending = {
    ...{ tenant, handle: handle.id, tokenId: token.id },
    quotas: givenBackBounds(ctx, key, deviceToken),
  }
  if (account === null) return newOwner(ctx, email ?? key, spending, released)
  const owner = { ...spending, customerId: account.id, emailKey: key }
  const entered = account.isClaimed
    ? query.enterByCode(owner)
    : query.claimByCode({
        ...appending(ctx),
        ...mailing(ctx),
        ...merging(ctx),
        ...endingPasskeys(ctx),
        ...owner,
        drop: true,
        serviceKeys: ctx.settings.metadata_service_keys,
      })
  return { customerId: account.id, proof: { entered, released } }
}

/** The account of an address that has none: of a registration, or where a code alone lets a new address in. */
function newOwner(
  ctx: Context,
  email: string,
  spending: Parameters<typeof query.spendCode>[0],
  released: ReturnType<typeof releaseTry>,
) {
  const customerId = newId('customer', ctx.now)
  const made = newAccount(
    ctx,
    { email },
    { id: customerId, credential: null, taken: 'invalid_credentials' },
  )
  return { customerId, proof: { spent: query.spendCode(spending), ...made, released } }
}

/** The code or the link that was typed, if it is one of the handle's. */
function rightOne(
  ctx: Context,
  handle: LoginHandle,
  code: string,
  found: readonly RowOf<typeof findLogin>[],
) {
  const { asCode, asLink } = typedHashes(ctx, handle, code)
  const tokens = found.flatMap(({ token }) => token ?? [])
  return tokens.find(({ purpose, hash }) => hash === (purpose === 'login_code' ? asCode : asLink))
}
