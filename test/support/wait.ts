const controllers = new WeakMap<AbortSignal, AbortController>()

/** In the place of `AbortSignal.timeout`: a signal whose time runs out when the test says so. */
export function waitForTest(): AbortSignal {
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
