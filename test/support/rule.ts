import { test } from 'vitest'

/**
 * A rule of a standard, and how it is shown that it is kept. `must`: the standard says MUST. `should`: it says SHOULD. `own`: it is a choice of
 * this service. UCP is Identity Linking of the Universal Commerce Protocol, as it binds a business.
 */
type Rule = readonly [
  source: string,
  force: 'must' | 'should' | 'own',
  rule: string,
  check: () => Promise<void>,
]

/** One test for each rule of a table. */
export const holdRules = (rules: readonly Rule[]) =>
  test.each(rules)('%s (%s): %s', async (_, __, ___, check) => check())
