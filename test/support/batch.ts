type Settled = Readonly<Record<string, 'ack' | { retry: number }>>

/** A batch whose messages are named by their place, after the prefix, and what became of each by its place. */
export function batchOf(
  bodies: readonly unknown[],
  { queue = 'customer', attempts = 1, prefix = '' } = {},
) {
  const settled: Record<string, 'ack' | { retry: number }> = {}
  const messages = bodies.map((body, at) => {
    const id = `m${at}`
    return {
      id: prefix + id,
      body,
      attempts,
      timestamp: new Date(0),
      ack: () => {
        settled[id] ??= 'ack'
      },
      retry: ({ delaySeconds = 0 }: QueueRetryOptions = {}) => {
        settled[id] ??= { retry: delaySeconds }
      },
    }
  })
  const batch: MessageBatch = {
    queue,
    messages,
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => undefined,
    retryAll: () => undefined,
  }
  return { batch, settled: settled as Settled }
}
