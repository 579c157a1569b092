import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { type MailTokenPurpose, mailTokenHash, mailTokenHours } from '#core/identity'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'

export type Post = {
  /**
   * A query with one row: `template`, `recipient` (null: nobody), `locale`, `customer_id`, `email_key`, and for a mail with a
   * link `purpose` and `subject`, whose token it carries (null for none), and `change_id`. Without a row there is no mail.
   */
  readonly letter: SQL
  /** How long the link is good for. */
  readonly lives?: MailTokenPurpose
  /** The address that a stranger asked to have mailed: then silent beyond one a minute and five a day. */
  readonly askedFor?: string
}

/** Leaves a mail to be sent after the commit, and the token in its link. For nobody the same is written, and thrown away unsent. */
export function postMail(ctx: Context, post: Post): Statement<boolean, 'write'> {
  const { letter, lives = 'verify', askedFor } = post
  const job = newId('job', ctx.now)
  const token = newId('token', ctx.now)
  const quota = askedFor === undefined ? null : ctx.keyring.mac('address', askedFor)
  const expires = new Date(ctx.now.getTime() + mailTokenHours[lives] * 3_600_000)
  const query = sql`select post_mail(${ctx.tenant}, ${newId('mail', ctx.now)}, ${job}, ${quota}, l.template, l.recipient, l.locale,
      l.customer_id, ${token}, l.purpose, l.subject, l.change_id, l.email_key, ${mailTokenHash(ctx, token)},
      ${expires.toISOString()}::timestamptz, ${ctx.now.toISOString()}::timestamptz) as job
    from (${letter}) l`
  const posted = (rows: readonly Row[]) => rows[0]?.job != null
  const message = { tenant: ctx.tenant, id: job, kind: 'mail' }
  return new Statement(query, posted, (rows) => (posted(rows) ? [message] : []))
}
