import { type List, list } from './list.ts'
import type { Event, GetEventQuery } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** What happened. */
export function events(send: Send) {
  return {
    /** In the order of their commits, the oldest first; go on later with `after`, the id of the last one seen. `event_not_found`. */
    list: (query?: GetEventQuery, options?: CallOptions): List<Event> =>
      list(send, '/event', query, options, 'after'),
  }
}
