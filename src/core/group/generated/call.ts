// Written by npm run generate from the database and from the files of the functions.
import { scalar, type Arg } from '#db/call'

export const call = {
  /** The groups that a rule reads: those that it names, and those that their rules read, and so on.
   * SQL by hand: Drizzle builds no recursive query. */
  groupsRead: scalar<{ tenant: Arg<string>; named: Arg<readonly string[]> }, string[], 'read'>(
    'groups_read', [["tenant","a_tenant","text"],["named","a_named","text[]"]], 'text[]'),
}
