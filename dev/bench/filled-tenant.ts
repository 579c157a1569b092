import type { BenchService } from './bench-service.ts'

export type FilledTenant = {
  readonly customers: number
  readonly idOf: (index: number) => string
  /** The address of the thousandth page of customers. */
  readonly deepPage: string
}

const PAGE = 100
const DEEP = 1000 * 20

/** What requests are made of; the thousandth page of twenty is walked to, or the last one there is. */
export async function readFilledTenant({
  workerd,
  token,
  ids,
}: BenchService): Promise<FilledTenant> {
  let path = '/customer'
  for (let seen = PAGE; seen <= DEEP; seen += PAGE) {
    const answer = await fetch(
      `${workerd.urlOf('service')}${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}`,
      {
        headers: { Authorization: `Bearer ${token}` },
      },
    )
    const { pagination } = (await answer.json()) as { pagination: { nextCursor: string | null } }
    if (pagination.nextCursor === null) break
    path = `/customer?cursor=${encodeURIComponent(pagination.nextCursor)}`
  }
  return { customers: ids.length, idOf: (i) => ids[i] ?? '', deepPage: path }
}
