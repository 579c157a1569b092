import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { warnOfChangedSettings } from '../../dev/warn-of-changed-settings.ts'
import { ownConfig } from '../support/own-config.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a change of the settings or of the secrets is one line each, and the same text is none', async () => {
  const config = ownConfig('a = 1')
  const said: string[] = []
  const stop = warnOfChangedSettings(config, (line) => void said.push(line))
  writeFileSync(join(dirname(config), '.dev.vars'), 'A=1')
  writeFileSync(config, 'a = 1')
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toHaveLength(1)
  writeFileSync(config, 'a = 22')
  await vi.advanceTimersByTimeAsync(5000)
  stop()
  expect(said).toEqual(
    ['.dev.vars', 'wrangler.toml'].map(
      (name) => `${name} has changed: end npm start and start it again`,
    ),
  )
})
