import { Refusal, type RefusalCode } from './error.ts'
import type { LimitName } from './limit-name.ts'

/** The code with which a limit refuses. */
export const limitCode = (limit: LimitName) =>
  (['tries', 'device', 'codes'].includes(limit)
    ? 'too_many_attempts'
    : 'too_many_requests') satisfies RefusalCode

/** The refusal of a limit. Each 429 is made here, so each names its limit. @param retryAfter in seconds. */
export const limitRefusal = (limit: LimitName, retryAfter: number): Refusal =>
  new Refusal(limitCode(limit), { limit, retryAfter })
