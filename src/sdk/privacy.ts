import { type List, list } from './list.ts'
import type { ErasedPeople, GetErasureQuery, Retentions } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** What a shop's lawyer and its backups ask for. */
export function privacyApi(send: Send) {
  return {
    /** All erasures, the oldest first, as keyed hashes of ids: to be kept outside of the database. `invalid_cursor`. */
    listErasures: (query?: GetErasureQuery, options?: CallOptions): List<ErasedPeople> =>
      list(send, '/erasure', query, options),

    /** For how many days what is kept, and when what is older is deleted next. */
    listRetention: (options?: CallOptions): Promise<Retentions> =>
      send({ method: 'GET', path: '/retention', options }),
  }
}
