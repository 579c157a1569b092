import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commit, commitQuietly, document, maybe, refuseWhen } from '#core/context'
import { type CreateCustomer, emailKey, insertAccount, Password } from '#core/customer'
import {
  heedWait,
  type MailToken,
  readMailToken,
  reserveTry,
  settleTry,
  type Try,
  tryOf,
} from '#core/identity'
import { enqueueMerge } from '#core/merge'
import { emit } from '#core/outbox'
import { openSession, type Session } from '#core/session'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { claimAccount } from './claim.ts'
import { spendMailToken } from './mail-token.ts'
import { chooseClaim, type Proof, proofDocument } from './proof.ts'

export const VerifyEmail = z
  .strictObject({
    token: z.string().max(300),
    password: Password.optional().meta({
      description: 'The password of the registration; or ask with the access token of the account',
    }),
  })
  .meta({ id: 'VerifyEmail', examples: [{ token: 'mt_…', password: 'correct horse battery' }] })
export type VerifyEmail = z.output<typeof VerifyEmail>

/**
 * Proves an address: the link says who reads the inbox, the password or the session who made the account, and only both together
 * make an account of a registration, or claim one that exists. Refuses `mail_token_invalid`, `invalid_credentials`,
 * `too_many_attempts`, `invalid_input` without a password, `email_taken` when someone was faster.
 */
export async function verifyEmail(
  ctx: Context,
  { token: text, password }: VerifyEmail,
): Promise<Session> {
  const token = readMailToken(ctx, text)
  if (password === undefined) return verifyInSession(ctx, token)
  const tried = tryOf(ctx, token.id)
  const { wait, proof } = await commitQuietly(ctx, {
    wait: reserveTry(ctx, tried, sql`null`),
    proof: document<Proof>(proofDocument(ctx, token)),
  })
  heedWait(wait)
  const claim = await chooseClaim(ctx, proof, password)
  return claim.customerId === null
    ? makeAccount(ctx, token, tried, claim)
    : takeAccount(ctx, token, tried, claim)
}

type Taken = { readonly customerId: string; readonly passwordHash: string; readonly drop: boolean }

async function takeAccount(ctx: Context, token: MailToken, tried: Try, claim: Taken) {
  const { customerId, passwordHash } = claim
  const { statements, handOver } = await openSession(ctx, { customerId, passwordHash })
  const results = await commit(ctx, {
    token: spendMailToken(ctx, 'verify', token),
    open: refuseWhen(
      sql`not exists (select from customer where tenant = ${ctx.tenant} and id = ${customerId} and status in ('unverified', 'active'))`,
      'mail_token_invalid',
    ),
    settled: settleTry(ctx, tried, { forget: true }),
    ...claimAccount(ctx, claim),
    ...statements,
  })
  return handOver(results)
}

type Made = { readonly passwordHash: string; readonly input: CreateCustomer }

async function makeAccount(
  ctx: Context,
  token: MailToken,
  tried: Try,
  { passwordHash, input }: Made,
) {
  const id = newId('customer', ctx.now)
  const { statements, handOver } = await openSession(ctx, { customerId: id, passwordHash })
  const results = await commit(ctx, {
    token: spendMailToken(ctx, 'verify', token),
    customer: insertAccount(ctx, id, input, passwordHash, 'claimed'),
    free: refuseWhen(
      sql`not exists (select from customer where tenant = ${ctx.tenant} and id = ${id})`,
      'email_taken',
    ),
    others: maybe(sql`select forget_attempts(${ctx.tenant}, ${emailKey(input.email)})`),
    settled: settleTry(ctx, tried, { forget: true }),
    told: emit(ctx, { type: 'customer.created', customerId: id }),
    verified: emit(ctx, { type: 'customer.email_verified', customerId: id }),
    merge: enqueueMerge(ctx, emailKey(input.email)),
    ...statements,
  })
  return handOver(results)
}

/** Whoever is logged in has shown the password already. */
async function verifyInSession(ctx: Context, token: MailToken): Promise<Session> {
  if (ctx.actor.type !== 'shopper') {
    throw new Refusal('invalid_input', {
      errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
    })
  }
  const { id: customerId } = ctx.actor
  const { statements, handOver } = await openSession(ctx, { customerId })
  const results = await commit(ctx, {
    token: spendMailToken(ctx, 'verify', token, customerId),
    ...claimAccount(ctx, { customerId, passwordHash: null, drop: false }),
    ...statements,
  })
  return handOver(results)
}
