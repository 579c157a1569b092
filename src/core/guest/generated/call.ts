// Written by npm run generate from the database and from the files of the functions.
import { rows, type Arg, type Json } from '#db/call'

export const call = {
  /** Examines the next guests in a scan over all of them. Deletes those that are old and have no order, and the customers that were merged
   * into them, with their addresses, memberships, merges and past events. Each leaves one event that names no person, of which no webhook hears
   * that had not heard of the guest. A concurrent scan
   * examines nothing, and a guest that is being changed is skipped.
   * SQL by hand: each step goes on with the ids that the step before has chosen and locked. */
  purgeGuests: rows<{ tenant: Arg<string>; before: Arg<string>; unprovenBefore: Arg<string>; limit: Arg<number>; event: Arg<string>; job: Arg<string>; actor: Arg<Json>; now: Arg<string> }, { more: boolean; jobs: string[] }, 'event'>(
    'purge_guests', [["tenant","a_tenant","text"],["before","a_before","timestamp with time zone"],["unprovenBefore","a_unproven_before","timestamp with time zone"],["limit","a_limit","integer"],["event","a_event","text"],["job","a_job","text"],["actor","a_actor","jsonb"],["now","a_now","timestamp with time zone"]], { more: ["more","boolean"], jobs: ["jobs","text[]"] }),
}
