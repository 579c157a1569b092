import { and, eq, exists, isNotNull } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { groupTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { groupAnswer } from './find.ts'

/** A group without members. Refuses `group_being_deleted`; of two of one key the index refuses the second. */
export const createGroup = useCase(
  'create_group',
  {
    ...pick(groupTable, 'tenant', 'key', 'name', 'description', 'metadata'),
    now: groupTable.createdAt,
  },
  (p) => [
    refuseWhen({
      group_being_deleted: exists(
        db
          .select({ key: groupTable.key })
          .from(groupTable)
          .where(
            and(
              eq(groupTable.tenant, p.tenant),
              eq(groupTable.key, p.key),
              isNotNull(groupTable.dissolvedAt),
            ),
          ),
      ),
    }),
    db.insert(groupTable).values({ ...p, createdAt: p.now, updatedAt: p.now }),
    groupAnswer({ tenant: p.tenant, group: p.key }),
  ],
)
