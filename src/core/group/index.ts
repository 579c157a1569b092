export * from './add.ts'
export { addMatchingCustomers } from './add-matching-customers.ts'
export { changeMembers, changeMembersCall } from './change-members.ts'
export * from './create.ts'
export * from './delete.ts'
export * from './dissolve.ts'
export * from './expire.ts'
export * from './find.ts'
export { AddMembership, ChangeMembers, CreateGroup, UpdateGroup } from './input.ts'
export { GroupKeyOrName } from './key.ts'
export * from './list.ts'
export * from './list-members.ts'
export * from './list-memberships.ts'
export { noteRuleStanding } from './note-standing.ts'
export * from './remove.ts'
export * from './update.ts'
export {
  Group,
  GroupPage,
  MemberChanges,
  MemberPage,
  MembershipPage,
  NewMembership,
} from './view.ts'
