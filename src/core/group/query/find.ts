import { groupTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isGroupVisible } from '#lock/group'
import { groupSelection } from './selection.ts'

const which = { tenant: groupTable.tenant, group: groupTable.key }
type Which = { readonly tenant: string; readonly group: string }

/** A group with its version. */
export const selectGroupWithVersion = (p: Which) =>
  db
    .select({ ...pick(groupTable, 'version'), group: groupSelection(groupTable) })
    .from(groupTable)
    .where(isGroupVisible(p))

/** A group with its version. No row: there is no such group. */
export const findGroup = useCase('find_group', which, (p) => [selectGroupWithVersion(p)])
