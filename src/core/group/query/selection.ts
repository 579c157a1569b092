import type { ColumnsOf } from '#db/builder'
import { selectionOf } from '#db/field'
import type { groupTable, membershipTable } from '#db/schema'
import { groupFields, memberFields, membershipFields } from '../field.ts'

type Group = ColumnsOf<typeof groupTable>
type Membership = ColumnsOf<typeof membershipTable>

/** The field list of a group as a selection. */
export const groupSelection = <C extends Group>(c: C) => selectionOf(groupFields, c, {})

/** A membership as the customer that has it sees it. */
export const membershipSelection = <C extends Membership>(c: C) =>
  selectionOf(membershipFields, c, {})

/** A membership as the group sees it. */
export const memberSelection = <C extends Membership>(c: C) => selectionOf(memberFields, c, {})
