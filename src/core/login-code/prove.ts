import { newAccount } from '#core/account'
import { type Context, commitQuietly } from '#core/context'
import { emailKey } from '#core/customer'
import {
  countedTry,
  type LoginHandle,
  markOfAccount,
  readDeviceToken,
  readLoginHandle,
  releaseTry,
  reserveTry,
  typedHashes,
} from '#core/identity'
import { codeRules, mailBounds } from '#core/limit'
import { mailing } from '#core/mail'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { TRIES_OF_HANDLE } from './bound.ts'
import * as query from './generated/query.ts'
import type { findLogin } from './query/find.ts'
import { tryOfCode } from './try.ts'

/** What a shopper shows. */
type Typed = {
  readonly handle: string
  readonly code: string
  /** The address as it was typed; absent: that of the handle. */
  readonly email?: string
  readonly deviceToken?: string | undefined
}

/** @property mayBeNew whether a code makes an account of an address that has none; otherwise the shop's settings say so. */
type Options = { readonly mayBeNew?: boolean }

/**
 * Proof by the code of a mail. It proves the inbox, as a reset does. The statements of `proof` belong into the commit that it allows: they
 * spend the code, and verify and claim the account, or make the account of a registration or of a new address. The try is counted before.
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
  const asked = tryOfCode(ctx, key, deviceToken)
  const { tenant } = ctx
  const now = ctx.now.toISOString()
  const { reserved, tries, found } = await commitQuietly(ctx, {
    reserved: reserveTry(ctx, asked, { emailKey: key }),
    tries: query.countTryOfHandle({ tenant, handle: handle.id, now }),
    found: query.findLogin({ tenant, handle: handle.id, emailKey: key, now }),
  })
  const tried = countedTry(ctx, asked, reserved)
  const isWithin = tries.every(({ count }) => count <= TRIES_OF_HANDLE)
  const token = isWithin ? rightOne(ctx, handle, code, found) : undefined
  const [{ account = null, isRegistering = false } = {}] = found
  if (token === undefined || (account === null && !isRegistering && !mayBeNew)) {
    throw new Refusal('invalid_credentials')
  }
  const spending = {
    tenant,
    handle: handle.id,
    tokenId: token.id,
    quotas: quotasOf(ctx, key, deviceToken),
  }
  const released = releaseTry(ctx, tried, { forget: false })
  if (account === null) {
    const id = newId('customer', ctx.now)
    const made = newAccount(
      ctx,
      { email: email ?? key },
      { id, credential: null, taken: 'invalid_credentials' },
    )
    return { customerId: id, proof: { spent: query.spendCode(spending), ...made, released } }
  }
  const claimed = query.claimByCode({
    ...appending(ctx),
    ...mailing(ctx),
    ...merging(ctx),
    ...spending,
    customerId: account.id,
    emailKey: key,
    drop: true,
    serviceKeys: ctx.settings.metadata_service_keys,
  })
  return { customerId: account.id, proof: { claimed, released } }
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

/** The counts of mails with a code that are given back when one is used. */
function quotasOf(ctx: Context, key: string, deviceToken: string | undefined): string[] {
  const names: readonly string[] = Object.values(codeRules).map(({ name }) => name)
  const device = readDeviceToken(ctx, deviceToken)
  return mailBounds(ctx, 'login_code', key, device?.sessionId ?? null)
    .filter(({ name }) => names.includes(name))
    .map(({ key: quota }) => quota)
}
