import { expect, test } from 'vitest'
import { architectureText } from '../../../dev/architecture-page.ts'
import { readSqlSources, readTriggerSources } from '../../../dev/sql/source.ts'

/** A function for which the builder would do is a use case. */
const MOST = 55

test('little SQL is written by hand, and each function says why', async () => {
  const sources = [...readSqlSources(), ...readTriggerSources()]
  expect(sources.length).toBeLessThanOrEqual(MOST)
  const rows = (await architectureText()).match(/^\| \w+ \| `\w+` \| .+ \|$/gm)
  expect(rows).toHaveLength(sources.length)
})
