import type { Pagination } from './model.ts'
import type { CallOptions, Line, Send } from './request.ts'

/** A page of a list. */
export type Page<T> = {
  /** The items of the page, in the order of the list. */
  readonly data: readonly T[]
  /** Where the page is in the list. */
  readonly pagination: Pagination
}

/** An awaited list is its first page. An iterated list yields every item of every page. */
export type List<T> = Promise<Page<T>> &
  AsyncIterable<T> & {
    /** Every page that is not empty. */
    readonly pages: () => AsyncIterable<Page<T>>
  }

/**
 * A list that reads further pages as it is iterated. The first request is made at once. All pages are read with the same session. `session_ended` if it has ended or was replaced by another shopper's.
 */
export function list<T>(
  send: Send,
  path: string,
  query: object = {},
  options?: CallOptions,
  /** The name of the parameter for the next page. */
  on = 'cursor',
  /** How the query is sent. */
  method: 'GET' | 'POST' = 'GET',
): List<T> {
  const line: Line = {}
  const get = (cursor?: string | null): Promise<Page<T>> => {
    const all = cursor ? { ...query, [on]: cursor } : query
    const sent = method === 'GET' ? { query: all } : { body: all, harmless: true }
    return send({ method, path, ...sent, line, options })
  }
  const first = get()
  async function* pages(): AsyncGenerator<Page<T>> {
    for (let page = await first; ; page = await get(page.pagination.nextCursor)) {
      if (page.data.length > 0) yield page
      if (page.pagination.nextCursor === null) return
    }
  }
  async function* items(): AsyncGenerator<T> {
    for await (const page of pages()) yield* page.data
  }
  return Object.assign(first, { pages, [Symbol.asyncIterator]: items })
}
