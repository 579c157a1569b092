import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey } from '#core/customer'
import {
  DeviceToken,
  loginCodeHash,
  loginCodeText,
  makeLoginHandle,
  readLoginHandle,
  refuseElsewhere,
} from '#core/identity'
import { askedMailing, sayHeldBack } from '#core/mail'
import { Handle } from './field.ts'
import * as query from './generated/query.ts'
import { handleKey, wrongKeys } from './try.ts'

export const RequestCode = z
  .strictObject({
    email: Email,
    handle: Handle.optional().meta({
      description:
        'The handle of an earlier request, to get another code. The newest two codes are valid',
    }),
    deviceToken: DeviceToken,
  })
  .meta({ id: 'RequestCode', examples: [{ email: 'jane@example.com' }] })
export type RequestCode = z.output<typeof RequestCode>

export const CodeRequested = z.strictObject({ handle: Handle }).meta({ id: 'CodeRequested' })
export type CodeRequested = z.output<typeof CodeRequested>

const CODE_LIVES_MS = 10 * 60_000

/**
 * Mails a code to log in with, if the address has an account or a live registration, or if the shop lets new addresses in by a code. Answer
 * and work are the same for every address. The code is good only with the handle of the answer: the earlier one, unless that has no try
 * left. Refuses `identity_elsewhere`.
 */
export async function requestCode(ctx: Context, asked: RequestCode): Promise<CodeRequested> {
  refuseElsewhere(ctx)
  const allowNew = ctx.settings.allow_code_registration
  return mailCode(ctx, asked, { allowNew, provider: null })
}

type Purpose = {
  /** Whether a new address gets a code. */
  readonly allowNew: boolean
  /** The name of the provider whose login the code links; the mail says so. Null: it logs in. */
  readonly provider: string | null
}

/** `requestCode` for a login that continues here, however its session is opened. */
export async function mailCode(
  ctx: Context,
  { email, handle: earlier, deviceToken }: RequestCode,
  { allowNew, provider }: Purpose,
): Promise<CodeRequested> {
  const key = emailKey(email)
  const fresh = makeLoginHandle(ctx, key)
  const known = readLoginHandle(ctx, earlier)
  const handle = known?.emailKey === key ? known : fresh
  const mailing = askedMailing(ctx, key, { purpose: 'login_code', deviceToken })
  const code = loginCodeText(ctx, mailing.mailToken)
  const wrong = wrongKeys(ctx, key)
  const { asked } = await commitQuietly(ctx, {
    asked: query.requestCode({
      ...mailing,
      handle: handle.id,
      handleKey: handleKey(ctx, handle.id),
      freshHandle: fresh.id,
      email,
      emailKey: key,
      codeHash: loginCodeHash(ctx, handle, code),
      freshCodeHash: loginCodeHash(ctx, fresh, code),
      codeEndsAt: new Date(ctx.now.getTime() + CODE_LIVES_MS).toISOString(),
      wrongOfAddress: wrong.address,
      wrongOfTenant: wrong.tenant,
      allowNew,
      provider,
    }),
  })
  await sayHeldBack(ctx, mailing)
  return { handle: (asked[0]?.isSpent ? fresh : handle).text }
}
