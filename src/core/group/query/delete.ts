import { db, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { groupTable, jobTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { groupRefusals, isGroup, lockGroup, refuseStaleGroup } from '#lock/group'
import { takeJob } from '#query/outbox'
import { leaveGroup, leaving } from './leave.ts'

/** Closes a group, and its first members leave it. Refuses `group_not_found`, `precondition_failed`. */
export const deleteGroup = useCase(
  'delete_group',
  { ...leaving, read: kind.orNull(kind.int) },
  (p) => [
    lockGroup(p),
    refuseWhen(groupRefusals(p)),
    refuseStaleGroup(p, p.read),
    db.update(groupTable).set({ dissolvedAt: p.now }).where(isGroup(p)),
    ...leaveGroup(p),
    noAnswer,
  ],
)

/** Does one job: the next members leave a group that was closed. Refuses `job_done`. */
export const dissolveGroup = useCase('dissolve_group', { ...leaving, job: jobTable.id }, (p) => [
  takeJob({ tenant: p.tenant, id: p.job }),
  ...leaveGroup(p),
  noAnswer,
])
