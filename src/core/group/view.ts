import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context, Versioned } from '#core/context'
import { pageOf } from '#core/page'
import { Refusal } from '#kernel/error'

const Moment = z.iso.datetime().meta({ examples: ['2024-06-01T08:00:00.000Z'] })

export const Group = z
  .strictObject({
    key: z.string().meta({ examples: ['vip'] }),
    name: z.string().nullable(),
    description: z.string().nullable(),
    metadata: z.record(z.string(), z.string()).meta({ description: 'For price lists' }),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Group' })
export type Group = z.output<typeof Group>

export const Source = z.enum(['manual', 'rule', 'merge', 'import'])

const term = {
  source: Source.meta({ description: 'What put the customer there' }),
  addedAt: Moment,
  expiresAt: Moment.nullable().meta({ description: 'It ends within a minute after this' }),
}

export const Membership = z
  .strictObject({ key: z.string().meta({ description: 'Of the group' }), ...term })
  .meta({ id: 'Membership' })
export type Membership = z.output<typeof Membership>

/** With all groups of the customer, so that a price engine need not ask again. */
export const NewMembership = z
  .strictObject({ ...Membership.shape, groups: z.array(z.string()) })
  .meta({ id: 'NewMembership' })
export type NewMembership = z.output<typeof NewMembership>

export const Member = z.strictObject({ customerId: z.string(), ...term }).meta({ id: 'Member' })
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

/** What `group_document` makes: the version is for the ETag. */
export type GroupDocument = { readonly version: number; readonly group: Group }

export const groupDocument = (ctx: Context, key: string): SQL =>
  sql`group_document(${ctx.tenant}, ${key})`

/** Refuses `group_not_found` for a document of nothing. */
export function toGroup(document: GroupDocument | null): Versioned<Group> {
  if (document === null) throw new Refusal('group_not_found')
  return { value: document.group, version: document.version }
}
