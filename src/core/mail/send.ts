import { type Context, commitWithoutKey, read } from '#core/context'
import { loginCodeText, mailTokenText } from '#core/identity'
import type { RowOf } from '#db/use-case'
import { Bug } from '#kernel/error'
import { composeMail, type Mail } from './compose.ts'
import * as query from './generated/query.ts'
import type { findMail } from './query/send.ts'
import { isMailTemplate, type MailTemplate, mailTemplates } from './template-and-language.ts'

/** Hands a mail over for delivery; throws when it was not accepted. */
export type MailCarrier = (mail: Mail) => Promise<void>

type Pending = RowOf<typeof findMail>

/**
 * Sends the mail of a job, then deletes both. A mail without a recipient or with an expired link is not sent. If the reply of the
 * carrier or of the commit is lost, the mail is sent again.
 */
export async function sendMail(ctx: Context, jobId: string): Promise<void> {
  const { tenant, now } = ctx
  const { found } = await read(ctx, {
    found: query.findMail({ tenant, jobId, now: now.toISOString() }),
  })
  const [pending] = found
  const mail = pending === undefined ? null : toMail(ctx, pending)
  if (mail !== null) await ctx.carryMail(mail)
  await commitWithoutKey(ctx, {
    mail: query.deleteMail({ tenant, jobId, id: pending?.id ?? '' }),
  })
}

function toMail(ctx: Context, { template, recipient, locale, provider, hasToken, token }: Pending) {
  if (!isMailTemplate(template)) throw new Bug(`no mail template ${template}`)
  if (recipient === null || (hasToken && token === null)) return null
  return composeMail(ctx.settings, {
    template,
    recipient,
    locale,
    token: textOf(ctx, template, token),
    provider: provider === null ? '' : (ctx.identity.providers.get(provider)?.label ?? provider),
  })
}

function textOf(ctx: Context, template: MailTemplate, token: Pending['token']): string | null {
  if (token === null) return null
  return mailTemplates[template] === 'code'
    ? loginCodeText(ctx, token.id)
    : mailTokenText(ctx, token)
}
