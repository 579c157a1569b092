import { db, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { groupTable, jobTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { groupRefusals, isGroup, lockGroup, lockRules, refuseStaleGroup } from '#lock/group'
import { takeJob } from '#query/outbox'
import { endAllMemberships, ending } from './end-all.ts'
import { refuseGroupInUse } from './in-use.ts'

/** Closes a group, and ends its first memberships. Refuses `group_not_found`, `precondition_failed`, `group_in_use`. */
export const deleteGroup = useCase(
  'delete_group',
  { ...ending, accepted: kind.orNull(kind.versions) },
  (p) => [
    lockRules(p),
    lockGroup(p),
    refuseWhen(groupRefusals(p)),
    refuseStaleGroup(p, p.accepted),
    refuseGroupInUse(p),
    db.update(groupTable).set({ dissolvedAt: p.now }).where(isGroup(p)),
    ...endAllMemberships(p),
    noAnswer,
  ],
)

/** Does one job: ends the next memberships of a closed group. Refuses `job_done`. */
export const dissolveGroup = useCase('dissolve_group', { ...ending, job: jobTable.id }, (p) => [
  takeJob({ tenant: p.tenant, id: p.job }),
  ...endAllMemberships(p),
  noAnswer,
])
