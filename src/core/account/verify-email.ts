import * as z from 'zod'
import { type Context, commit, commitWithoutKey } from '#core/context'
import { type CreateCustomer, Password } from '#core/customer'
import {
  type CountedTry,
  type MailToken,
  PastedMailToken,
  readCountedTryOrRefuse,
  readMailToken,
  releaseTryCall,
  reserveTryCall,
  tryOfAccount,
  workOrReleaseTry,
} from '#core/identity'
import { prepareSessionOpening, type Session } from '#core/session'
import { Refusal } from '#kernel/error'
import {
  type CheckedVerification,
  checkOrSetVerificationPassword,
} from './check-or-set-verification-password.ts'
import { claimAccountCall } from './claim-account-call.ts'
import * as query from './generated/query.ts'
import { provenAccountStatements } from './proven-account-statements.ts'
import { spendVerifyTokenCall } from './spend-mail-token.ts'

export const VerifyEmail = z
  .strictObject({
    token: PastedMailToken,
    password: Password.optional().meta({
      description:
        'The password of the registration, or a new one. Not needed with the access token of the account',
    }),
  })
  .meta({ id: 'VerifyEmail', examples: [{ token: 'mt_…', password: 'correct horse battery' }] })
export type VerifyEmail = z.output<typeof VerifyEmail>

/**
 * Verifies an address by the token of a mail. The token proves the inbox, but is not enough: the caller also sends a password, or the session
 * of the account. The password of an open registration completes that registration with its profile. Any other password becomes the new
 * password of the account. If passwords open no session in this shop, the address is verified all the same, and `identity_elsewhere` says
 * where to log in. Other refusals: `mail_token_invalid`; `too_many_attempts`; `invalid_input` if the password is missing, or new and weak;
 * `email_taken` if another account verified the address in the meantime.
 */
export async function verifyEmail(
  ctx: Context,
  { token: text, password }: VerifyEmail,
): Promise<Session> {
  const token = readMailToken(ctx, text)
  if (password === undefined) return verifyInSession(ctx, token)
  const { tenant, now } = ctx
  const { id: tokenId, subject, hash: tokenHash } = token
  const asked = tryOfAccount(ctx, tokenId)
  const { reserved, found } = await commitWithoutKey(ctx, {
    reserved: reserveTryCall(ctx, asked),
    found: query.findVerificationCandidates({
      tenant,
      subject,
      tokenId,
      tokenHash,
      now: now.toISOString(),
    }),
  })
  const tried = readCountedTryOrRefuse(ctx, asked, reserved)
  return workOrReleaseTry(ctx, tried, async () => {
    const choice = await checkOrSetVerificationPassword(ctx, found, password)
    return choice.input === null
      ? takeAccount(ctx, { token, tried, password }, choice)
      : makeAccount(ctx, { token, tried, password }, { ...choice, input: choice.input })
  })
}

type Shown = { readonly token: MailToken; readonly tried: CountedTry; readonly password: string }

/** Opens the session of the account. Null: passwords open no sessions in this shop. */
const openWith = async (
  ctx: Context,
  { customerId, stored }: CheckedVerification,
  password: string,
) =>
  ctx.identity.accounts.takesPasswords
    ? prepareSessionOpening(ctx, {
        customerId,
        passwordHash: stored.credential,
        entry: { by: 'password', password, ...stored },
      })
    : null

async function takeAccount(
  ctx: Context,
  { token, tried, password }: Shown,
  choice: CheckedVerification,
) {
  const { customerId, stored, drop } = choice
  const session = await openWith(ctx, choice, password)
  const claim = { customerId, passwordHash: stored.credential, drop }
  const taken = {
    claimed: claimAccountCall(ctx, { ...claim, purpose: 'verify', token }),
    released: releaseTryCall(ctx, tried, { forget: true }),
  }
  if (session !== null) {
    return session.handOver(await commit(ctx, { ...taken, ...session.statements }))
  }
  await commit(ctx, taken)
  throw new Refusal('identity_elsewhere')
}

async function makeAccount(
  ctx: Context,
  { token, tried, password }: Shown,
  choice: CheckedVerification & { readonly input: CreateCustomer },
) {
  const { customerId: id, stored, input } = choice
  const session = await openWith(ctx, choice, password)
  const made = {
    token: spendVerifyTokenCall(ctx, token),
    ...provenAccountStatements(ctx, input, {
      id,
      credential: stored.credential,
      taken: 'email_taken',
    }),
    released: releaseTryCall(ctx, tried, { forget: true }),
  }
  if (session !== null) {
    return session.handOver(await commit(ctx, { ...made, ...session.statements }))
  }
  await commit(ctx, made)
  throw new Refusal('identity_elsewhere')
}

/** Verifies without a password: the shopper is logged in. */
async function verifyInSession(ctx: Context, token: MailToken): Promise<Session> {
  if (ctx.actor.type !== 'shopper') {
    throw new Refusal('invalid_input', {
      errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
    })
  }
  const { id: customerId } = ctx.actor
  const { statements, handOver } = await prepareSessionOpening(ctx, {
    customerId,
    entry: { by: 'session', link: token },
  })
  const claim = { customerId, shopperId: customerId, passwordHash: null, drop: false }
  const results = await commit(ctx, {
    claimed: claimAccountCall(ctx, { ...claim, purpose: 'verify', token }),
    ...statements,
  })
  return handOver(results)
}
