import * as z from 'zod'
import type { Context, Versioned } from '#core/context'
import { parseStoredRule, Why } from '#core/customer'
import { pageSchema } from '#core/page'
import { viewShape } from '#db/field'
import { Refusal } from '#kernel/error'
import { groupFields, memberFields, membershipFields } from './field-list.ts'

export const Group = z.strictObject(viewShape(groupFields)).meta({ id: 'Group' })
export type Group = z.output<typeof Group>

const why = { why: Why.optional() }

export const Membership = z
  .strictObject({ ...viewShape(membershipFields), ...why })
  .meta({ id: 'Membership' })
export type Membership = z.output<typeof Membership>

/** A new membership with all groups of the customer, so that a price engine need not ask again. */
export const NewMembership = z
  .strictObject({ ...viewShape(membershipFields), ...why, groups: z.array(z.string()) })
  .meta({ id: 'NewMembership' })
export type NewMembership = z.output<typeof NewMembership>

export const Member = z.strictObject({ ...viewShape(memberFields), ...why }).meta({ id: 'Member' })
export type Member = z.output<typeof Member>

export const GroupPage = pageSchema(Group, 'GroupPage')
export const MembershipPage = pageSchema(Membership, 'MembershipPage')
export const MemberPage = pageSchema(Member, 'MemberPage')

export const MemberChanges = z
  .strictObject({
    added: z.int(),
    removed: z.int(),
    unchanged: z
      .int()
      .meta({ description: 'Customers who were in the group already, or were not in it' }),
    keptByRule: z.int().meta({
      description: 'Customers that stay, because the rule of the group holds them',
    }),
    notFound: z.int().meta({ description: 'Ids of no customer, or of a merged one' }),
  })
  .meta({ id: 'MemberChanges' })
export type MemberChanges = z.output<typeof MemberChanges>

type Found = { readonly version: number; readonly group: Group }

/** Refuses `group_not_found` when there is no row. */
export function toGroup(ctx: Context, row: Found | undefined): Versioned<Group> {
  if (row === undefined) throw new Refusal('group_not_found')
  return { value: groupWithRuleStanding(ctx, row.group), version: row.version }
}

/** Returns the group. Its state is `stopped` if its rule is invalid under the present settings. */
export function groupWithRuleStanding({ settings }: Context, group: Group): Group {
  const { rule, allowShopperValues } = group
  const isStopped = rule !== null && parseStoredRule(settings, rule, allowShopperValues) === null
  return isStopped ? { ...group, state: 'stopped' } : group
}
