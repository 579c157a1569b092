import { sql } from 'drizzle-orm'
import { type Context, rows } from '#core/context'
import { emitEach, enqueue } from '#core/outbox'

/** As many as one commit takes out of a group that is being deleted. */
export const LEAVING_AT_ONCE = 500

/** The next members leave a closed group; with the last of them it is gone, otherwise a job goes on. */
export function leaveGroup(ctx: Context, key: string) {
  const members = sql`membership where tenant = ${ctx.tenant} and group_key = ${key}`
  const next = sql`array(select customer_id from ${members} order by customer_id limit ${LEAVING_AT_ONCE}::int)`
  return {
    left: emitEach(ctx, {
      type: 'customer.group_removed',
      changed: ['groups'],
      changes: sql`remove_members(${ctx.tenant}, ${key}, ${next}, 'group_deleted')`,
    }),
    gone: rows(sql`delete from "group" where tenant = ${ctx.tenant} and key = ${key}
      and dissolved_at is not null and not exists (select from ${members})`),
    rest: enqueue(ctx, {
      kind: 'dissolve_group',
      payload: sql`jsonb_build_object('group', ${key}::text)`,
      when: sql`exists (select from ${members})`,
    }),
  }
}
