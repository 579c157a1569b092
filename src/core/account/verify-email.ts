import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commit, commitQuietly, document, maybe, refuseWhen } from '#core/context'
import { type CreateCustomer, createAccount, emailKey, Password } from '#core/customer'
import {
  heedWait,
  type MailToken,
  readMailToken,
  reserveTry,
  settledWhenAway,
  settleTry,
  tryOf,
} from '#core/identity'
import { enqueueMerge } from '#core/merge'
import { emit } from '#core/outbox'
import { openSession, type Session } from '#core/session'
import type { Guard } from '#db/statement'
import { Refusal } from '#kernel/error'
import { claimAccount } from './claim.ts'
import { spendMailToken } from './mail-token.ts'
import { type Choice, chooseClaim, type Proof, proofDocument } from './proof.ts'

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
  return settledWhenAway(ctx, tried, async () => {
    const choice = await chooseClaim(ctx, proof, password)
    const spent = { token: spendMailToken(ctx, 'verify', token) }
    const statements = { ...spent, settled: settleTry(ctx, tried, { forget: true }) }
    return choice.input === null
      ? takeAccount(ctx, statements, choice, password)
      : makeAccount(ctx, statements, { ...choice, input: choice.input }, password)
  })
}

type Proven = {
  readonly token: Guard
  readonly settled: ReturnType<typeof settleTry>
}

const openWith = (ctx: Context, { customerId, kept }: Choice, password: string) =>
  openSession(ctx, {
    customerId,
    passwordHash: kept.credential,
    entry: { by: 'password', password, ...kept },
  })

async function takeAccount(
  ctx: Context,
  { token, settled }: Proven,
  choice: Choice,
  password: string,
) {
  const { customerId, kept, drop } = choice
  const { statements, handOver } = await openWith(ctx, choice, password)
  const results = await commit(ctx, {
    token,
    open: refuseWhen(
      sql`not exists (select from customer where tenant = ${ctx.tenant} and id = ${customerId} and status in ('unverified', 'active'))`,
      'mail_token_invalid',
    ),
    settled,
    ...claimAccount(ctx, { customerId, passwordHash: kept.credential, drop }),
    ...statements,
  })
  return handOver(results)
}

async function makeAccount(
  ctx: Context,
  { token, settled }: Proven,
  choice: Choice & { readonly input: CreateCustomer },
  password: string,
) {
  const { customerId: id, kept, input } = choice
  const { statements, handOver } = await openWith(ctx, choice, password)
  const results = await commit(ctx, {
    token,
    customer: createAccount(ctx, input, {
      id,
      credential: kept.credential,
      isProven: true,
      taken: 'email_taken',
    }),
    others: maybe(sql`select forget_attempts(${ctx.tenant}, ${emailKey(input.email)})`),
    settled,
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
  const { statements, handOver } = await openSession(ctx, {
    customerId,
    entry: { by: 'session', link: token },
  })
  const results = await commit(ctx, {
    token: spendMailToken(ctx, 'verify', token, customerId),
    ...claimAccount(ctx, { customerId, passwordHash: null, drop: false }),
    ...statements,
  })
  return handOver(results)
}
