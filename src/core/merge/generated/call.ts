// Written by npm run generate from the database and from the files of the functions.
import { scalar, type Row } from '#db/call'
import { type customerTable } from '#db/schema'

export const call = {
  /** Whether a guest may be merged without anyone asking: into the account of its address, whose owner has proven both the inbox and
   * that the account is theirs, and unless the pair was parted before. A guess in either is how a stranger would get at the orders.
   * It is SQL by hand, for both typed statements and SQL by hand ask it, of rows that they have. */
  isMergeable: scalar<{ account: Row<typeof customerTable>; guest: Row<typeof customerTable> }, boolean | null, 'read'>(
    'is_mergeable', [["account","a_account","customer"],["guest","a_guest","customer"]], 'boolean'),
}
