import { afterEach, expect, test, vi } from 'vitest'
import { resetMissingFunctions } from '#db/missing-functions-and-statements'
import type { RouteKey } from '../../../src/http/access.ts'
import { type AccountSample, accountSamplesOf } from '../../support/account-sample.ts'
import { startTestApp } from '../../support/app.ts'
import { addressOf } from '../../support/sample.ts'
import { databaseWithout } from '../../support/without-functions.ts'

vi.spyOn(console, 'error').mockImplementation(() => undefined)
const app = await startTestApp({ database: await databaseWithout() })
const samples = Object.entries(accountSamplesOf(app)) as [RouteKey, () => Promise<AccountSample>][]

afterEach(resetMissingFunctions)

test.each(samples)('%s does its work while the database lacks its functions', async (key, make) => {
  const { status, token, ids = [], query, body, form, headers = {} } = await make()
  const [method, path] = addressOf(key, { status, ids, query })
  const answer =
    form === undefined
      ? await app.call(method, path, { token, body })
      : await app.request(path, { method, body: new URLSearchParams(form), headers })
  expect(answer.status).toBe(status)
})
