import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  AFTER_ALL_IDS,
  type CountedPaging,
  countIfAsked,
  type Page,
  readKeyset,
  toKeysetPage,
} from '#core/page'
import * as query from './generated/query.ts'
import { isNotDeleted, type Webhook } from './view.ts'

/** All webhooks, newest first. Refuses `invalid_cursor`. */
export async function listWebhooks(ctx: Context, paging: CountedPaging): Promise<Page<Webhook>> {
  mustHaveScope(ctx, 'event:read')
  const list = ['webhook']
  const { tenant } = ctx
  const { rows, counted } = await readWithinPageLimits(ctx, {
    rows: query.listWebhooks({ tenant, ...readKeyset(ctx, list, paging, AFTER_ALL_IDS) }),
    ...countIfAsked(paging.count, (most) => query.countWebhooks({ tenant, most })),
  })
  const shown = rows.map(({ item }) => ({ item: isNotDeleted(item) ? item : null }))
  return toKeysetPage(ctx, list, { rows: shown, counted }, paging, ({ id }) => id)
}
