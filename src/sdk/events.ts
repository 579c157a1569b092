import { encodePath } from './encode.ts'
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

/** The feed of events, and dead letters. */
export function eventsApi(send: Send) {
  return {
    /** The events of the shop, in the order of their commits, the oldest first. To continue later, pass the id of the last event as `after`. `event_not_found`. */
    list: (query?: GetEventQuery, options?: CallOptions): List<Event> =>
      list(send, '/event', query, options, 'after'),

    /** Sends an event once more, to one webhook or to all that asked for such events. `event_not_found`, `webhook_disabled`. */
    replay: (id: string, input: ReplayEvent = {}, options?: CallOptions): Promise<Replayed> =>
      send({
        method: 'POST',
        path: encodePath`/event/${id}/replay`,
        body: input,
        keyed: true,
        options,
      }),

    /** The messages that failed after all retries. `invalid_cursor`. */
    listDeadLetters: (query?: GetDeadLetterQuery, options?: CallOptions): List<DeadLetter> =>
      list(send, '/dead-letter', query, options),

    /** Handles such a message once more. `dead_letter_not_found`, `dead_letter_unreadable`. */
    replayDeadLetter: (id: string, options?: CallOptions): Promise<DeadLetter> =>
      send({ method: 'POST', path: encodePath`/dead-letter/${id}/replay`, keyed: true, options }),
  }
}
