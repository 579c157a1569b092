const controllers = new WeakMap<AbortSignal, AbortController>()

/**
 * How long the service waits for an answer is the test's to say: no time runs out by itself, for on a
 * busy machine it would run out on those who do answer. Loaded before every test.
 */
AbortSignal.timeout = () => {
  const controller = new AbortController()
  controllers.set(controller.signal, controller)
  return controller.signal
}

/** Ends a wait, as its time would. */
export function runOut(signal: AbortSignal | null | undefined): void {
  const controller = signal ? controllers.get(signal) : undefined
  if (controller === undefined) throw new Error('nobody waits like that')
  controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
}
