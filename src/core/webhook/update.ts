import { type SQL, sql } from 'drizzle-orm'
import { type Context, commitUntold, keep, mayUse, rows, type Versioned } from '#core/context'
import { wakeIn } from '#core/delivery'
import { stampChanged, textArray } from '#core/outbox'
import { Statement } from '#db/statement'
import type { UpdateWebhook } from './input.ts'
import { expectAllowedUrl } from './judge.ts'
import { lockWebhook } from './lock.ts'
import { toWebhook, type Webhook, type WebhookDocument, webhookDocument } from './view.ts'

type Change = { readonly name: string; readonly differs: SQL; readonly set: SQL }

/**
 * Changes what is named and differs; the version rises only then. What waited while a webhook was disabled sets out when it is
 * enabled again. Refuses `webhook_not_found`, `precondition_failed`, `invalid_input` for an address that nothing may be sent to.
 */
export async function updateWebhook(
  ctx: Context,
  id: string,
  input: UpdateWebhook,
): Promise<Versioned<Webhook>> {
  mayUse(ctx, 'webhook:write')
  if (input.url !== undefined) expectAllowedUrl(ctx, input.url)
  const { answer } = await commitUntold(ctx, {
    webhook: lockWebhook(ctx, id),
    changed: rows(updateStatement(ctx, id, changesOf(input))),
    wake: wakeWhenEnabled(ctx, id, input),
    answer: keep<WebhookDocument>(sql`select ${webhookDocument(ctx, id)}`),
  })
  return toWebhook(answer)
}

function changesOf({ url, events, description, status }: UpdateWebhook): Change[] {
  const changes: Change[] = []
  const change = (name: string, column: SQL, value: SQL, more = sql``) =>
    changes.push({
      name,
      differs: sql`${column} is distinct from ${value}`,
      set: sql`${column} = ${value}${more}`,
    })
  if (url !== undefined) change('url', sql`url`, sql`${url}`)
  if (events !== undefined) change('events', sql`events`, textArray(events))
  if (description !== undefined) change('description', sql`description`, sql`${description}::text`)
  if (status === 'disabled')
    change('status', sql`status`, sql`'disabled'`, sql`, disabled_reason = 'asked'`)
  if (status === 'enabled')
    change('status', sql`status`, sql`'enabled'`, sql`, disabled_reason = null`)
  return changes
}

/** A change of any kind is a reason to believe that the endpoint works again. */
function updateStatement(ctx: Context, id: string, changes: readonly Change[]): SQL {
  if (changes.length === 0) return sql`select`
  const differs = changes.map((change) => change.differs)
  const sets = changes.map(({ set }) => sql`${set}, `)
  return sql`update webhook set ${sql.join(sets)} version = version + 1, changed_at = ${stampChanged(changes)},
      updated_at = ${ctx.now.toISOString()}::timestamptz, failing_since = null, paused_until = null
    where tenant = ${ctx.tenant} and id = ${id} and (${sql.join(differs, sql` or `)})`
}

const wakeWhenEnabled = (ctx: Context, id: string, { status }: UpdateWebhook) =>
  new Statement<void, 'read'>(
    sql`select`,
    () => undefined,
    () => (status === 'enabled' ? wakeIn(ctx, id, 0) : []),
  )
