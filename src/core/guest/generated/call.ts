// Written by npm run generate from the database and from the files of the functions.
import { rows, type Arg, type Json } from '#db/call'

export const call = {
  /** Examines the next guests in a scan over all of them, and removes those that are old and have no order, with the customers that were
   * merged into one: with their addresses, memberships, merges and past events. What is left of each is one event that names no person.
   * Another transaction that scans at the same time examines nothing, and a guest that is being changed is passed over.
   * SQL by hand: each step goes on with the ids that the step before has chosen and locked. */
  purgeGuests: rows<{ tenant: Arg<string>; before: Arg<string>; limit: Arg<number>; event: Arg<string>; job: Arg<string>; actor: Arg<Json>; now: Arg<string> }, { more: boolean; jobs: string[] }, 'event'>(
    'purge_guests', [["tenant","a_tenant","text"],["before","a_before","timestamp with time zone"],["limit","a_limit","integer"],["event","a_event","text"],["job","a_job","text"],["actor","a_actor","jsonb"],["now","a_now","timestamp with time zone"]], { more: ["more","boolean"], jobs: ["jobs","text[]"] }),
}
