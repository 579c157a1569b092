import { provenAccountStatements } from '#core/account'
import { type Context, commitWithoutKey } from '#core/context'
import { emailKey } from '#core/customer'
import {
  accountKeyedHash,
  type LoginHandle,
  readCountedTryOrRefuse,
  readLoginHandle,
  releaseTryCall,
  reserveTryCall,
  typedCodeHashes,
} from '#core/identity'
import { newMailValues } from '#core/mail'
import { newMergeValues } from '#core/merge'
import { newEventValues } from '#core/outbox'
import { idsToEndPasskeys } from '#core/passkey'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { findAccountAndLoginCodes } from './query/find.ts'
import { quotaKeysResetByLogin } from './quota-keys-reset-by-login.ts'
import { handleTriesKey, tryOfCode } from './try-of-code.ts'

/** What a shopper shows. */
type Typed = {
  readonly handle: string
  readonly code: string
  /** The address as it was typed; absent: the handle's address. */
  readonly email?: string
  readonly deviceToken?: string | undefined
}

/** @property mayBeNew whether a code creates an account for an address without one. Default: the shop's setting. */
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
  if (key !== undefined) ctx.outcome.tried = accountKeyedHash(ctx.keyring, key)
  if (handle === null || handle.emailKey !== key) throw new Refusal('invalid_credentials')
  const asked = tryOfCode(ctx, handle, deviceToken)
  const { tenant } = ctx
  const { found, reserved } = await commitWithoutKey(ctx, {
    found: query.findAccountAndLoginCodes({
      tenant,
      handle: handle.id,
      handleKey: handleTriesKey(ctx, handle.id),
      emailKey: key,
      now: ctx.now.toISOString(),
    }),
    reserved: reserveTryCall(ctx, asked, { emailKey: key }),
  })
  const [{ account = null, isRegistering = false, isSpent = false } = {}] = found
  if (isSpent) throw new Refusal('invalid_credentials')
  const tried = readCountedTryOrRefuse(ctx, asked, reserved)
  const token = rightOne(ctx, handle, code, found)
  if (token === undefined || (account === null && !isRegistering && !mayBeNew)) {
    throw new Refusal('invalid_credentials')
  }
  const released = releaseTryCall(ctx, tried, { forget: true })
  const spending = {
    ...{ tenant, handle: handle.id, tokenId: token.id },
    quotas: quotaKeysResetByLogin(ctx, key, deviceToken),
  }
  if (account === null) return newOwner(ctx, email ?? key, spending, released)
  const owner = { ...spending, customerId: account.id, emailKey: key }
  const entered = account.isClaimed
    ? query.spendCodeAndLockCustomer(owner)
    : query.claimAccountByCode({
        ...newEventValues(ctx),
        ...newMailValues(ctx),
        ...newMergeValues(ctx),
        ...idsToEndPasskeys(ctx),
        ...owner,
        drop: true,
        serviceKeys: ctx.settings.metadata_service_keys,
      })
  return { customerId: account.id, proof: { entered, released } }
}

/** Creates the account of an address without one: from a registration, or by the code alone if the caller allows it. */
function newOwner(
  ctx: Context,
  email: string,
  spending: Parameters<typeof query.spendCode>[0],
  released: ReturnType<typeof releaseTryCall>,
) {
  const customerId = newId('customer', ctx.now)
  const made = provenAccountStatements(
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
  found: readonly RowOf<typeof findAccountAndLoginCodes>[],
) {
  const { asCode, asLink } = typedCodeHashes(ctx, handle, code)
  const tokens = found.flatMap(({ token }) => token ?? [])
  return tokens.find(({ purpose, hash }) => hash === (purpose === 'login_code' ? asCode : asLink))
}
