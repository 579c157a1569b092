// Written by npm run generate from the database and from the files of the functions.
import { scalarFunction, type Arg } from '#db/function-call'

export const call = {
  /** The groups that a rule reads: those that it names, and those that their rules read, and so on.
   * SQL by hand: Drizzle builds no recursive query. */
  groupsRead: scalarFunction<{ tenant: Arg<string>; named: Arg<readonly string[]> }, string[], 'read'>(
    'groups_read', [["tenant","a_tenant","text"],["named","a_named","text[]"]], 'text[]'),
  /** The most rules of a tenant that read each other one after the other, counted up to 20.
   * SQL by hand: Drizzle builds no recursive query. */
  ruleDepth: scalarFunction<{ tenant: Arg<string> }, number, 'read'>(
    'rule_depth', [["tenant","a_tenant","text"]], 'integer'),
}
