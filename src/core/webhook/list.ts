import { type Context, mayUse, readPage } from '#core/context'
import { type CountedPaging, countedIf, keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import { isShown, type Webhook } from './view.ts'

/** All webhooks, newest first. Refuses `invalid_cursor`. */
export async function listWebhooks(ctx: Context, paging: CountedPaging): Promise<Page<Webhook>> {
  mayUse(ctx, 'event:read')
  const list = ['webhook']
  const { tenant } = ctx
  const { rows, counted } = await readPage(ctx, {
    rows: query.listWebhooks({ tenant, ...keysetOf(ctx, list, paging, LAST) }),
    ...countedIf(paging.count, (most) => query.countWebhooks({ tenant, most })),
  })
  const shown = rows.map(({ item }) => ({ item: isShown(item) ? item : null }))
  return toKeysetPage(ctx, list, { rows: shown, counted }, paging, ({ id }) => id)
}
