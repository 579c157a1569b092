import { commitWithoutKey } from '#core/context'
import { noteRuleStanding } from '#core/group'
import { carryOutGroupTask, judgeDueMoments } from '#core/rule'
import { newId } from '#kernel/id'
import { beginAddingMatchingCustomers } from '../../../src/core/group/generated/query.ts'
import { RULE_BATCH_SIZES } from '../../../src/core/rule/rule-batch-sizes.ts'
import { systemContext } from '../../../src/runtime.ts'
import type { TestApp } from '../app.ts'
import { type ExtraCall, succeed } from './call.ts'

const system = ({ runtime, tenant }: TestApp) => systemContext(runtime, tenant, 'extra')

/** The customers of the scenario take a handful of them, so that there is a first, a middle and a last. */
const BATCH = 20

/** Does the work on groups that waits, one batch at a time. */
async function carryAllOut(app: TestApp): Promise<void> {
  const find = async () => {
    const [rows = []] = await app.db.run([
      {
        text: `select id from job where tenant = $1 and kind = 'carry_out' order by id limit 1`,
        values: [app.tenant],
      },
    ])
    return rows[0]
  }
  for (let job = await find(); job !== undefined; job = await find()) {
    await carryOutGroupTask(system(app), String(job.id), {
      ...RULE_BATCH_SIZES,
      batch: BATCH,
      added: BATCH,
      batches: 1,
    })
  }
}

/** A rule is made, stops, goes on, and is taken away; customers are added by a filter, and their moments come. */
const ruled: ExtraCall = async (app) => {
  const { tenant } = app
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'ruled@example.com' } })
  const rule = { maxOrders: 99, createdAfter: '-90d' }
  await succeed(app, 'POST', '/group', { body: { key: 'ruled', rule } })
  await carryAllOut(app)
  await app.call('DELETE', `/customer/${id}/group/ruled`)
  for (const ruleStopped of [true, false]) {
    const [group] = await app.db.run([
      {
        text: `select rule_number from "group" where tenant = $1 and key = 'ruled'`,
        values: [tenant],
      },
    ])
    const ruleNumber = Number(group?.[0]?.rule_number)
    await noteRuleStanding(system(app), {
      key: 'ruled',
      ruleNumber,
      ruleStopped,
      ruleUntrusted: [],
    })
    await carryAllOut(app)
  }
  const ctx = system(app)
  await commitWithoutKey(ctx, {
    begun: beginAddingMatchingCustomers({
      ...{ tenant, now: ctx.now.toISOString(), group: 'added', name: 'Added', create: true },
      filter: { maxOrders: 99 },
      taskJob: newId('job', ctx.now),
      task: newId('task', ctx.now),
    }),
  })
  await carryAllOut(app)
  await judgeDueMoments(system(app))
  await succeed(app, 'PATCH', '/group/ruled', { body: { rule: null } })
  await carryAllOut(app)
}

export const ruleCalls: readonly ExtraCall[] = [ruled]
