import type { Context } from '#core/context'
import { dissolveGroup } from '#core/group'
import { sendMail } from '#core/mail'
import { performMerges } from '#core/merge'
import { recordOrderJobs } from '#core/order'
import { announceEvents } from '#core/webhook'

/** Does jobs of one kind: many as one set, or each by itself. What it does must bear being done again. */
export type Performer =
  | { readonly together: (ctx: Context, ids: readonly string[]) => Promise<unknown> }
  | { readonly alone: (ctx: Context, id: string) => Promise<unknown> }

/** Every kind of job there is, and the use case that does it. */
export const performers: ReadonlyMap<string, Performer> = new Map<string, Performer>(
  Object.entries({
    announce: { together: announceEvents },
    dissolve_group: { alone: dissolveGroup },
    mail: { alone: sendMail },
    merge: { together: performMerges },
    order: { together: recordOrderJobs },
  }),
)
