import { groupTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { groupRefusals, isThisGroup, lockGroup, lockRules, refuseStaleGroup } from '#lock/group'
import { deleteJobOrRefuse } from '#query/outbox'
import { dissolveNextBatch, dissolveParams } from './dissolve-next-batch.ts'
import { refuseGroupInUse } from './refuse-group-in-use.ts'

/** Closes a group, and ends its first memberships. Refuses `group_not_found`, `precondition_failed`, `group_in_use`. */
export const deleteGroup = useCase(
  'delete_group',
  { ...dissolveParams, accepted: sqlType.orNull(sqlType.versions) },
  (p) => [
    lockRules(p),
    lockGroup(p),
    refuseWhen(groupRefusals(p)),
    refuseStaleGroup(p, p.accepted),
    refuseGroupInUse(p),
    db.update(groupTable).set({ dissolvedAt: p.now }).where(isThisGroup(p)),
    ...dissolveNextBatch(p),
    noAnswer,
  ],
)

/** Does one job: ends the next memberships of a closed group. Refuses `job_done`. */
export const endNextGroupMemberships = useCase(
  'end_next_group_memberships',
  { ...dissolveParams, job: jobTable.id },
  (p) => [deleteJobOrRefuse({ tenant: p.tenant, id: p.job }), ...dissolveNextBatch(p), noAnswer],
)
