import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  DeadLetter,
  Event,
  GetDeadLetterQuery,
  GetEventQuery,
  ReplayEvent,
  Replayed,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** What happened. */
export function events(send: Send) {
  return {
    /** In the order of their commits, the oldest first; go on later with `after`, the id of the last one seen. `event_not_found`. */
    list: (query?: GetEventQuery, options?: CallOptions): List<Event> =>
      list(send, '/event', query, options, 'after'),

    /** Sends an event once more, to every webhook that asked for such, or to one. `event_not_found`, `webhook_disabled`. */
    replay: (id: string, input: ReplayEvent = {}, options?: CallOptions): Promise<Replayed> =>
      send({ method: 'POST', path: path`/event/${id}/replay`, body: input, keyed: true, options }),

    /** What could not be done after every retry. */
    listDeadLetters: (query?: GetDeadLetterQuery, options?: CallOptions): List<DeadLetter> =>
      list(send, '/dead-letter', query, options),

    /** Tries once more. `dead_letter_not_found`, `dead_letter_unreadable`. */
    replayDeadLetter: (id: string, options?: CallOptions): Promise<DeadLetter> =>
      send({ method: 'POST', path: path`/dead-letter/${id}/replay`, keyed: true, options }),
  }
}
