import { sql } from 'drizzle-orm'
import {
  type Context,
  commitUntold,
  keep,
  mayUse,
  refuseWhen,
  rows,
  type Versioned,
} from '#core/context'
import type { CreateGroup } from './input.ts'
import { type Group, type GroupDocument, groupDocument, toGroup } from './view.ts'

/** A group without members. Refuses `group_taken`, `group_being_deleted`. */
export async function createGroup(ctx: Context, input: CreateGroup): Promise<Versioned<Group>> {
  mayUse(ctx, 'group:write')
  const { key, name = null, description = null, metadata = {} } = input
  const now = ctx.now.toISOString()
  const { answer } = await commitUntold(ctx, {
    free: refuseWhen(
      sql`exists (select from "group" where tenant = ${ctx.tenant} and key = ${key} and dissolved_at is not null)`,
      'group_being_deleted',
    ),
    group:
      rows(sql`insert into "group" (tenant, key, name, description, metadata, created_at, updated_at)
      values (${ctx.tenant}, ${key}, ${name}, ${description}, ${JSON.stringify(metadata)}::jsonb, ${now}::timestamptz, ${now}::timestamptz)`),
    answer: keep<GroupDocument>(groupDocument(ctx, key)),
  })
  return toGroup(answer)
}
