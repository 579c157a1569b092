import { type SQL, sql } from 'drizzle-orm'
import {
  type Context,
  commitUntold,
  keep,
  maybe,
  mayUse,
  refuseWhen,
  type Versioned,
} from '#core/context'
import { METADATA_KEYS } from '#core/customer'
import { stampChanged } from '#core/outbox'
import type { UpdateGroup } from './input.ts'
import { lockGroup } from './lock.ts'
import { type Group, type GroupDocument, groupDocument, toGroup } from './view.ts'

type Change = { readonly name: string; readonly differs: SQL; readonly set: SQL }

/**
 * Changes what is named and differs; the version rises only then. Metadata is merged (RFC 7396). Refuses `group_not_found`,
 * `precondition_failed`, `too_much_metadata`.
 */
export async function updateGroup(
  ctx: Context,
  key: string,
  input: UpdateGroup,
): Promise<Versioned<Group>> {
  mayUse(ctx, 'group:write')
  const { answer } = await commitUntold(ctx, {
    group: lockGroup(ctx, key),
    changed: maybe(updateStatement(ctx, key, changesOf(input))),
    room: refuseWhen(
      sql`exists (select from "group" where tenant = ${ctx.tenant} and key = ${key}
        and (select count(*) from jsonb_object_keys(metadata)) > ${METADATA_KEYS}::int)`,
      'too_much_metadata',
    ),
    answer: keep<GroupDocument>(groupDocument(ctx, key)),
  })
  return toGroup(answer)
}

function changesOf({ name, description, metadata }: UpdateGroup): Change[] {
  const merged = sql`merge_patch(metadata, ${JSON.stringify(metadata)}::jsonb)`
  return [
    ...(name === undefined ? [] : [textChange('name', name)]),
    ...(description === undefined ? [] : [textChange('description', description)]),
    ...(metadata === undefined
      ? []
      : [
          {
            name: 'metadata',
            differs: sql`metadata <> ${merged}`,
            set: sql`metadata = ${merged}`,
          },
        ]),
  ]
}

function textChange(name: 'name' | 'description', value: string | null): Change {
  const column = sql.identifier(name)
  return {
    name,
    differs: sql`${column} is distinct from ${value}`,
    set: sql`${column} = ${value}`,
  }
}

function updateStatement(ctx: Context, key: string, changes: readonly Change[]): SQL {
  if (changes.length === 0) return sql`select`
  const differs = sql.join(
    changes.map((change) => change.differs),
    sql` or `,
  )
  const set = sql.join(
    changes.map((change) => change.set),
    sql`, `,
  )
  return sql`update "group" set ${set}, version = version + 1, changed_at = ${stampChanged(changes)},
      updated_at = ${ctx.now.toISOString()}::timestamptz
    where tenant = ${ctx.tenant} and key = ${key} and (${differs})`
}
