import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, document, read } from '#core/context'
import { takeJob } from '#core/outbox'
import type { Mirrored } from './accounts.ts'

/** Tells the provider what has become of a customer, if the tenant has one. The queue tries again while it is away. */
export async function mirrorCustomer(ctx: Context, jobId: string): Promise<void> {
  const { found } = await read(ctx, {
    found: document<Mirrored>(sql`select json_build_object('customerId', j.payload ->> 'customer',
        'user', j.payload ->> 'user',
        'person', case when c.id is not null then json_build_object('status', c.status, 'email', c.email_key,
          'isVerified', c.email_verified_at is not null, 'isProvisional', c.provisional, 'credential', c.password_hash) end)
      from job j left join customer c on c.tenant = j.tenant and c.id = j.payload ->> 'customer'
      where j.tenant = ${ctx.tenant} and j.id = ${jobId}`),
  })
  if (found !== null) await ctx.identity.accounts.mirror(ctx, found)
  await commitQuietly(ctx, { job: takeJob(ctx, jobId) })
}
