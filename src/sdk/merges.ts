import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type { GetMergeQuery, Merge } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** Merges, and their undo. */
export function mergesApi(send: Send) {
  return {
    /** The merges of the shop, the newest first. `invalid_cursor`. */
    list: (query?: GetMergeQuery, options?: CallOptions): List<Merge> =>
      list(send, '/merge', query, options),

    /** A merge by its id. `merge_not_found`. */
    retrieve: (id: string, options?: CallOptions): Promise<Merge> =>
      send({ method: 'GET', path: encodePath`/merge/${id}`, options }),

    /** Undoes a merge within 30 days; `conflicts` lists changed data, which stays. `merge_not_found`, `merge_not_undoable`. */
    undo: (id: string, options?: CallOptions): Promise<Merge> =>
      send({ method: 'POST', path: encodePath`/merge/${id}/undo`, keyed: true, options }),
  }
}
