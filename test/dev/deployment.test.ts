import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deploymentMistakes } from '../../dev/deployment.ts'
import { root } from '../../dev/run.ts'

const text = readFileSync(join(root, 'wrangler.toml'), 'utf8')
const LOGS = 'observability.logs.invocation_logs must be false'

test('the configuration that is shipped has what the service relies on', () => {
  expect(deploymentMistakes(text)).toEqual([])
})

test.each([
  [
    'switches the invocation logs on',
    (it: string) => it.replace('invocation_logs = false', 'invocation_logs = true'),
    LOGS,
  ],
  ['says nothing of them', (it: string) => it.replace('invocation_logs = false', ''), LOGS],
  ['has no section for logs', (it: string) => it.replace(/\[observability\.logs\][^[]*/, ''), LOGS],
  [
    'has no section for what is observed',
    (it: string) => it.replace(/\[observability[^[]*\[observability[^[]*/, ''),
    LOGS,
  ],
  [
    'switches them on in one environment',
    (it: string) => `${it}\n[env.staging.observability.logs]\ninvocation_logs = true\n`,
    `env.staging: ${LOGS}`,
  ],
  [
    'lets requests to the own zone pass by the firewall',
    (it: string) => it.replace('"global_fetch_strictly_public"', '"nodejs_als"'),
    'compatibility_flags must have global_fetch_strictly_public',
  ],
])('one that %s is refused', (_, change, expected) => {
  const changed = change(text)
  expect(changed).not.toBe(text)
  expect(deploymentMistakes(changed)).toEqual([expected])
})

test('an environment that names nothing of it has what the top says', () => {
  expect(deploymentMistakes(`${text}\n[env.staging]\nname = "staging"\n`)).toEqual([])
})
