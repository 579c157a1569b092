import { accountCalls } from './account.ts'
import type { ExtraCall } from './call.ts'
import { hanzoCalls } from './hanzo.ts'
import { jobCalls } from './job.ts'
import { mergeCalls } from './merge.ts'
import { oauthCalls } from './oauth.ts'
import { ownCalls } from './own.ts'
import { pageCalls } from './page.ts'
import { richCalls } from './rich.ts'
import { ruleCalls } from './rule.ts'
import { upstreamCalls } from './upstream.ts'

/** Requests that reach the use cases which no sample of a route reaches. */
export const extraCalls: readonly ExtraCall[] = [
  ...pageCalls,
  ...accountCalls,
  ...oauthCalls,
  ...mergeCalls,
  ...hanzoCalls,
  ...jobCalls,
  ...ownCalls,
  ...richCalls,
  ...ruleCalls,
  ...upstreamCalls,
]
