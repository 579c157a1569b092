import { isDatabaseUnavailable } from '#core/context'
import { Refusal } from '#kernel/error'
import type { Runtime } from '../runtime.ts'
import { putBack } from './read-or-put-back-message.ts'
import { storeFailedMessages } from './store-failed-messages.ts'

/** The number of retries before a message that fails by its own fault is stored as a dead letter. The delays between its tries add up to 85 minutes. */
const RETRIES = 10

/** Whether the failure says nothing about the message: the database or the token issuer cannot serve now. */
const isOutside = (error: unknown): boolean =>
  isDatabaseUnavailable(error) || (error instanceof Refusal && error.code === 'issuer_unavailable')

/** Ends the try of messages of one queue that failed. @param error why; absent if the messages themselves are at fault. */
export type RetryOrStore = (messages: readonly Message[], error?: unknown) => Promise<void>

/**
 * Puts messages back that failed, and buries those that have had their tries; never throws. While the database or the issuer is away,
 * none is buried: the queue allows as many retries as `max_retries` in wrangler.toml.
 */
export const makeRetryOrStore =
  (queue: string, runtime: Runtime): RetryOrStore =>
  async (failed, error) => {
    const isSpent = ({ attempts }: Message) => attempts > RETRIES && !isOutside(error)
    for (const message of failed) if (!isSpent(message)) putBack(message)
    const messages = failed.filter(isSpent)
    if (messages.length > 0) await storeFailedMessages({ queue, messages }, runtime)
  }
