import type { Context } from '#core/context'
import { createDeliveriesOfEvents, replayNextEvents, sendDueDeliveries } from '#core/delivery'
import { dissolveGroup } from '#core/group'
import { mirrorCustomer } from '#core/identity'
import { sendMail } from '#core/mail'
import { performMergeJobs } from '#core/merge'
import { recordOrdersOfJobs } from '#core/order'
import { eraseNextEvents } from '#core/privacy'
import { carryOutGroupTask, judgeCustomersOfJobs } from '#core/rule'

/** Does jobs of one kind: many as one set, or each by itself. It must tolerate a repeat. */
export type Performer =
  | { readonly together: (ctx: Context, ids: readonly string[]) => Promise<unknown> }
  | {
      /** `together`, resolving with the jobs that could not be done yet: only they are tried again. */
      readonly partly: (ctx: Context, ids: readonly string[]) => Promise<readonly string[]>
    }
  | {
      readonly alone: (ctx: Context, id: string) => Promise<unknown>
      /** There is no row of a job: the message only names an endpoint with due deliveries. */
      readonly wakes?: true
    }

/** Every kind of job, and the use case that does it. */
export const performers: ReadonlyMap<string, Performer> = new Map<string, Performer>(
  Object.entries({
    announce: { together: createDeliveriesOfEvents },
    deliver: { alone: sendDueDeliveries, wakes: true },
    replay: { alone: replayNextEvents },
    dissolve_group: { alone: dissolveGroup },
    judge: { together: judgeCustomersOfJobs },
    carry_out: { alone: carryOutGroupTask },
    mail: { alone: sendMail },
    mirror: { alone: mirrorCustomer },
    merge: { together: performMergeJobs },
    erase: { alone: eraseNextEvents },
    order: { partly: recordOrdersOfJobs },
  }),
)
