import { type Context, mayUse, read } from '#core/context'
import { type CountedPaging, keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import { isShown, type Webhook } from './view.ts'

/** All webhooks, the newest first. Refuses `invalid_cursor`. */
export async function listWebhooks(ctx: Context, paging: CountedPaging): Promise<Page<Webhook>> {
  mayUse(ctx, 'event:read')
  const list = ['webhook']
  const keyset = keysetOf(ctx, list, paging, LAST)
  const { rows } = await read(ctx, { rows: query.listWebhooks({ tenant: ctx.tenant, ...keyset }) })
  const shown = rows.map(({ total, item }) => ({
    total,
    item: item !== null && isShown(item) ? item : null,
  }))
  return toKeysetPage(ctx, list, shown, paging, ({ id }) => id)
}
