import * as z from 'zod'
import type { Versioned } from '#core/context'
import { pageOf } from '#core/page'
import { viewsOf } from '#db/field'
import { Refusal } from '#kernel/error'
import { groupFields, memberFields, membershipFields } from './field.ts'

export const Group = z.strictObject(viewsOf(groupFields)).meta({ id: 'Group' })
export type Group = z.output<typeof Group>

export const Membership = z.strictObject(viewsOf(membershipFields)).meta({ id: 'Membership' })
export type Membership = z.output<typeof Membership>

/** With all groups of the customer, so that a price engine need not ask again. */
export const NewMembership = z
  .strictObject({ ...Membership.shape, groups: z.array(z.string()) })
  .meta({ id: 'NewMembership' })
export type NewMembership = z.output<typeof NewMembership>

export const Member = z.strictObject(viewsOf(memberFields)).meta({ id: 'Member' })
export type Member = z.output<typeof Member>

export const GroupPage = pageOf(Group, 'GroupPage')
export const MembershipPage = pageOf(Membership, 'MembershipPage')
export const MemberPage = pageOf(Member, 'MemberPage')

export const MemberChanges = z
  .strictObject({
    added: z.int(),
    removed: z.int(),
    unchanged: z.int().meta({ description: 'Were in the group already, or not in it' }),
    notFound: z.int().meta({ description: 'Ids of no customer, or of one that was merged' }),
  })
  .meta({ id: 'MemberChanges' })
export type MemberChanges = z.output<typeof MemberChanges>

type Found = { readonly version: number; readonly group: Group }

/** Refuses `group_not_found` for no row. */
export function toGroup(row: Found | undefined): Versioned<Group> {
  if (row === undefined) throw new Refusal('group_not_found')
  return { value: row.group, version: row.version }
}
