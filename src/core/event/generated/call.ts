// Written by npm run generate from the database and from the files of the functions.
import { scalarFunction } from '#db/function-call'

export const call = {
  /** The last place up to which the feed is complete: no transaction can add an event before it any more. Only transactions of this database
   * that write events count (note_event_writer), and none that is open elsewhere in the cluster or only reads. The rows must be read by a
   * later statement, whose snapshot has every transaction that had ended by then.
   * Why it is right: a transaction takes its lock before it draws a place. One whose lock is not found here has ended, so the later snapshot
   * has it, or it draws its places after the last one that was read first. One whose lock is found draws places above its key.
   * SQL by hand: the last place must be read before the locks, and one statement does not say in which order it reads. */
  eventHorizon: scalarFunction<{  }, number, 'read'>(
    'event_horizon', [], 'bigint'),
}
