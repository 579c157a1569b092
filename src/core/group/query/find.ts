import { db, pick } from '#db/builder'
import { groupTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isThere } from '#lock/group'
import { groupSelection } from './selection.ts'

const which = { tenant: groupTable.tenant, group: groupTable.key }
type Which = { readonly tenant: string; readonly group: string }

/** A group with its version. */
export const groupAnswer = (p: Which) =>
  db
    .select({ ...pick(groupTable, 'version'), group: groupSelection(groupTable) })
    .from(groupTable)
    .where(isThere(p))

/** A group with its version; no row for one that is not there. */
export const findGroup = useCase('find_group', which, (p) => [groupAnswer(p)])
