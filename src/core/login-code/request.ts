import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Email, emailKey } from '#core/customer'
import {
  DeviceToken,
  loginCodeHash,
  loginCodeText,
  makeLoginHandle,
  mustUseEmbeddedAccounts,
  readLoginHandle,
} from '#core/identity'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import * as query from './generated/query.ts'
import { CodeHandle } from './input.ts'
import { handleTriesKey, wrongCodeKeys } from './try-of-code.ts'

export const RequestCode = z
  .strictObject({
    email: Email,
    handle: CodeHandle.optional().meta({
      description:
        'The handle of an earlier request, to get another code. The newest two codes are valid',
    }),
    deviceToken: DeviceToken,
  })
  .meta({ id: 'RequestCode', examples: [{ email: 'jane@example.com' }] })
export type RequestCode = z.output<typeof RequestCode>

export const CodeRequested = z.strictObject({ handle: CodeHandle }).meta({ id: 'CodeRequested' })
export type CodeRequested = z.output<typeof CodeRequested>

const CODE_LIVES_MS = 10 * 60_000

/**
 * Mails a code to log in with, if the address has an account or a live registration, or if the shop lets new addresses in by a code. Answer
 * and work are the same for every address. The code is valid only with the handle of the answer. This is the earlier handle, unless that has no try left. Refuses `identity_elsewhere`.
 */
export async function requestCode(ctx: Context, asked: RequestCode): Promise<CodeRequested> {
  mustUseEmbeddedAccounts(ctx)
  const allowNew = ctx.settings.allow_code_registration
  return enqueueCodeMail(ctx, asked, { allowNew, provider: null })
}

type Purpose = {
  /** Whether a new address gets a code. */
  readonly allowNew: boolean
  /** The name of the provider whose login the code links; the mail says so. Null: it logs in. */
  readonly provider: string | null
}

/** `requestCode` for a login on this service's page. It works with every identity provider. */
export async function enqueueCodeMail(
  ctx: Context,
  { email, handle: earlier, deviceToken }: RequestCode,
  { allowNew, provider }: Purpose,
): Promise<CodeRequested> {
  const key = emailKey(email)
  const fresh = makeLoginHandle(ctx, key)
  const known = readLoginHandle(ctx, earlier)
  const handle = known?.emailKey === key ? known : fresh
  const mailing = boundedMailValues(ctx, key, { purpose: 'login_code', deviceToken })
  const code = loginCodeText(ctx, mailing.mailToken)
  const wrong = wrongCodeKeys(ctx, key)
  const { asked } = await commitWithoutKey(ctx, {
    asked: query.requestCode({
      ...mailing,
      handle: handle.id,
      handleKey: handleTriesKey(ctx, handle.id),
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
  await printHeldMailForDeveloper(ctx, mailing)
  return { handle: (asked[0]?.isSpent ? fresh : handle).text }
}
