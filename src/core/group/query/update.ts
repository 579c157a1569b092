import { and, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { keyCount, mergePatch, patchOf } from '#db/patch'
import { groupTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { groupRefusals, isGroup, lockGroup, refuseStaleGroup } from '#lock/group'
import { stamped } from '#query/outbox'
import { groupAnswer } from './find.ts'

/**
 * Changes the named fields that differ; metadata is merged (RFC 7396). Refuses `group_not_found`, `precondition_failed`,
 * `too_much_metadata`.
 */
export const updateGroup = useCase(
  'update_group',
  {
    tenant: groupTable.tenant,
    group: groupTable.key,
    ...pick(groupTable, 'name', 'description'),
    metadata: kind.jsonb<Readonly<Record<string, string | null>>>(),
    /** The fields that the caller names; the others stay as they are. */
    named: kind.texts,
    accepted: kind.orNull(kind.versions),
    metadataKeys: kind.int,
    now: groupTable.updatedAt,
  },
  (p) => {
    const patch = patchOf(p.named, {
      name: { column: groupTable.name, to: p.name },
      description: { column: groupTable.description, to: p.description },
      metadata: {
        column: groupTable.metadata,
        to: mergePatch(groupTable.metadata, p.metadata),
      },
    })
    return [
      lockGroup(p),
      refuseWhen(groupRefusals(p)),
      refuseStaleGroup(p, p.accepted),
      db
        .update(groupTable)
        .set({
          ...patch.set,
          version: sql`${groupTable.version} + 1`,
          changedAt: stamped(patch.stamps, groupTable),
          updatedAt: p.now,
        })
        .where(and(isGroup(p), patch.differs)),
      refuseWhen(
        { too_much_metadata: sql`${keyCount(groupTable.metadata)} > ${p.metadataKeys}` },
        sql`from ${groupTable} where ${isGroup(p)}`,
      ),
      groupAnswer(p),
    ]
  },
)
