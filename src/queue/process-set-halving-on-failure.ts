import { isDatabaseUnavailable } from '#core/context'

/**
 * Processes a set at once. A set that fails is halved until the failing item is alone, and that item is given up. If the database
 * cannot serve, the whole set is given up: its halves would fail too.
 */
export async function processSetHalvingOnFailure<T>(
  set: readonly T[],
  work: (set: readonly T[]) => Promise<void>,
  giveUp: (set: readonly T[], error: unknown) => void | Promise<void>,
): Promise<void> {
  try {
    await work(set)
  } catch (error) {
    if (set.length < 2 || isDatabaseUnavailable(error)) return giveUp(set, error)
    const middle = Math.ceil(set.length / 2)
    await processSetHalvingOnFailure(set.slice(0, middle), work, giveUp)
    await processSetHalvingOnFailure(set.slice(middle), work, giveUp)
  }
}
