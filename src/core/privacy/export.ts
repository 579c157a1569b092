import * as z from 'zod'
import { type Context, commit, mustMatchShopper } from '#core/context'
import { freshProofStatements } from '#core/identity'
import { newEventValues } from '#core/outbox'
import { Paging, readCursor, signCursor } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** The rows of each section in one answer. */
const AT_ONCE = 5000

export const ExportQuery = z.strictObject({ cursor: Paging.shape.cursor })
export type ExportQuery = z.output<typeof ExportQuery>

const Row = z.record(z.string(), z.unknown())

export const CustomerExport = z
  .strictObject({
    customerId: z.string(),
    exportedAt: z.iso.datetime(),
    sections: z.record(z.string(), z.array(Row)).meta({
      description:
        'Every stored row, by section. It covers the customer, all customers that were merged into it, and the guests of its address if that address is verified and claimed: `account`, `addresses`, `orders`, `groups`, `sessions`, `events` and others. A section without rows is empty. docs/privacy.md names the table of each section, and its columns',
    }),
    recipients: z.array(z.strictObject({ webhookId: z.string(), host: z.string() })).meta({
      description: 'The webhooks that got events of the customer, and may have its data',
    }),
    nextCursor: z.string().nullable().meta({
      description:
        'The next page, for sections with more than 5,000 rows; null: this is the last page',
    }),
  })
  .meta({ id: 'CustomerExport' })
export type CustomerExport = z.output<typeof CustomerExport>

/**
 * All stored data about a customer, and about all customers whom an erasure would include. The first page appends an event with the actor and the reason. A shopper needs a fresh proof for each page. Refuses `customer_not_found`, `customer_merged`, `invalid_cursor`,
 * `fresh_proof_required`.
 */
export async function exportCustomer(
  ctx: Context,
  id: string,
  { cursor }: ExportQuery,
  reason: string | null,
): Promise<CustomerExport> {
  mustMatchShopper(ctx, id)
  const list = ['export', id]
  const offset = cursor === undefined ? 0 : readCursor<number>(ctx, list, cursor)
  const { rows } = await commit(ctx, {
    ...(ctx.actor.type === 'shopper' ? freshProofStatements(ctx) : {}),
    rows: query.exportCustomer({
      ...newEventValues(ctx),
      id,
      reason,
      isFirst: offset === 0,
      offset,
      limit: AT_ONCE,
    }),
  })
  const [row] = rows
  if (row === undefined) throw new Refusal('customer_not_found')
  const sections = Object.fromEntries(
    Object.entries(row.sections).map(([name, list]) => [name, [...list]]),
  )
  const isFull = Object.values(sections).some(({ length }) => length === AT_ONCE)
  return {
    customerId: id,
    exportedAt: ctx.now.toISOString(),
    sections,
    recipients: [...row.recipients],
    nextCursor: isFull ? signCursor(ctx, list, offset + AT_ONCE) : null,
  }
}
