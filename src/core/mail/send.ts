import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, document, read, rows } from '#core/context'
import { mailTokenText } from '#core/identity'
import { takeJob } from '#core/outbox'
import { Bug } from '#kernel/error'
import { composeMail, type Mail } from './compose.ts'
import { isTemplate } from './template.ts'

/** Hands a mail to whoever carries mails; throws when it was not taken. */
export type Carrier = (mail: Mail) => Promise<void>

type Pending = {
  readonly id: string
  readonly template: string
  readonly recipient: string | null
  readonly locale: string | null
  readonly hasToken: boolean
  /** Null when the token was used, replaced or outlived. */
  readonly token: { readonly id: string; readonly subject: string } | null
}

/**
 * Sends the mail that a job is about, then forgets both. A mail to nobody, or with a link that works no more, is not sent. When
 * the reply of the carrier or of the commit is lost, it is sent again.
 */
export async function sendMail(ctx: Context, jobId: string): Promise<void> {
  const { pending } = await read(ctx, { pending: document<Pending>(pendingMail(ctx, jobId)) })
  const mail = pending === null ? null : toMail(ctx, pending)
  if (mail !== null) await ctx.carryMail(mail)
  await commitQuietly(ctx, {
    job: takeJob(ctx, jobId),
    mail: rows(sql`delete from mail where tenant = ${ctx.tenant} and id = ${pending?.id ?? ''}`),
  })
}

function toMail(ctx: Context, { template, recipient, locale, hasToken, token }: Pending) {
  if (!isTemplate(template)) throw new Bug(`no mail template ${template}`)
  if (recipient === null || (hasToken && token === null)) return null
  const text = token === null ? null : mailTokenText(ctx, token)
  return composeMail(ctx.settings, { template, recipient, locale, token: text })
}

const pendingMail = ({ tenant, now }: Context, jobId: string) =>
  sql`select json_build_object('id', m.id, 'template', m.template, 'recipient', m.recipient, 'locale', m.locale,
      'hasToken', m.token_id is not null,
      'token', case when t.id is not null then json_build_object('id', t.id, 'subject', t.subject) end)
    from job j join mail m on m.tenant = j.tenant and m.id = j.payload ->> 'mail'
      left join mail_token t on t.tenant = m.tenant and t.id = m.token_id and t.expires_at > ${now.toISOString()}::timestamptz
    where j.tenant = ${tenant} and j.id = ${jobId}`
