import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type { GetMergeQuery, Merge } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** Merges, and their undo. */
export function mergesApi(send: Send) {
  return {
    /** Newest first. */
    list: (query?: GetMergeQuery, options?: CallOptions): List<Merge> =>
      list(send, '/merge', query, options),

    /** `merge_not_found`. */
    retrieve: (id: string, options?: CallOptions): Promise<Merge> =>
      send({ method: 'GET', path: encodePath`/merge/${id}`, options }),

    /** Undoes a merge within 30 days; `conflicts` lists changed data, which stays. `merge_not_found`, `merge_not_undoable`. */
    undo: (id: string, options?: CallOptions): Promise<Merge> =>
      send({ method: 'POST', path: encodePath`/merge/${id}/undo`, keyed: true, options }),
  }
}
