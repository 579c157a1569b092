import { type Context, commitQuietly, read } from '#core/context'
import { mailTokenText } from '#core/identity'
import type { RowOf } from '#db/use-case'
import { Bug } from '#kernel/error'
import { composeMail, type Mail } from './compose.ts'
import * as query from './generated/query.ts'
import type { findMail } from './query/send.ts'
import { isTemplate } from './template.ts'

/** Hands a mail over to be delivered; throws when it was not taken. */
export type Carrier = (mail: Mail) => Promise<void>

type Pending = RowOf<typeof findMail>

/**
 * Sends the mail that a job is about, then forgets both. A mail to nobody, or with a link that works no more, is not sent. When
 * the reply of the carrier or of the commit is lost, it is sent again.
 */
export async function sendMail(ctx: Context, jobId: string): Promise<void> {
  const { tenant, now } = ctx
  const { found } = await read(ctx, {
    found: query.findMail({ tenant, jobId, now: now.toISOString() }),
  })
  const [pending] = found
  const mail = pending === undefined ? null : toMail(ctx, pending)
  if (mail !== null) await ctx.carryMail(mail)
  await commitQuietly(ctx, {
    mail: query.deleteMail({ tenant, jobId, id: pending?.id ?? '' }),
  })
}

function toMail(ctx: Context, { template, recipient, locale, hasToken, token }: Pending) {
  if (!isTemplate(template)) throw new Bug(`no mail template ${template}`)
  if (recipient === null || (hasToken && token === null)) return null
  const text = token === null ? null : mailTokenText(ctx, token)
  return composeMail(ctx.settings, { template, recipient, locale, token: text })
}
