import { describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { codesIn } from '../../support/login-code.ts'
import { query } from '../../support/rows.ts'
import { makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const usual = await startTestApp()
const open = await startTestApp({ settings: { allow_code_registration: true } })

const sessionsOf = (app: TestApp, email: string) =>
  query(
    `select from session join customer using (tenant)
      where tenant = $1 and customer.id = session.customer_id and email_key = $2`,
    [app.tenant, email.toLowerCase()],
  )

type Owner = {
  readonly app: TestApp
  /** Makes what has the address. */
  readonly make: (email: string) => Promise<unknown>
  /** What spends its code. */
  readonly commit: RegExp
}
const owners: Readonly<Record<string, Owner>> = {
  'an account that is claimed': {
    app: usual,
    make: (email) => makeShopper(usual, { email }),
    commit: /spend_code_and_lock_customer_/,
  },
  'an account that a service made': {
    app: usual,
    make: (email) => usual.call('POST', '/customer', { body: { email } }),
    commit: /claim_account_by_code_/,
  },
  'a registration that waits': {
    app: usual,
    async make(email) {
      const token = await usual.storefrontToken()
      await usual.call('POST', '/customer', { token, body: { email, password: PASSWORD } })
    },
    commit: /spend_code_/,
  },
  'a new address': { app: open, make: async () => undefined, commit: /spend_code_/ },
}

describe('one code that is typed more than once opens one session', () => {
  describe.each(Object.entries(owners))('of %s', (_, { app, make, commit }) => {
    const { codeFor, verify } = codesIn(app)
    const typed = async () => {
      const email = someAddress()
      await make(email)
      return codeFor(email)
    }

    test('of four at the same moment', async () => {
      const right = await typed()
      const answers = await Promise.all([1, 2, 3, 4].map(() => verify(right)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
      expect(await sessionsOf(app, right.email)).toHaveLength(1)
    })

    test('while another is let in that was compared later', async () => {
      const right = await typed()
      let first = 0
      const late = await between(
        app.wire,
        commit,
        () => verify(right),
        async () => {
          first = (await verify(right)).status
        },
      )
      expect([first, late.status, late.body.code]).toEqual([200, 401, 'invalid_credentials'])
      expect(await sessionsOf(app, right.email)).toHaveLength(1)
    })
  })
})

test('a code that is spent makes no second account, though the first is deleted by then', async () => {
  const { codeFor, verify } = codesIn(open)
  const right = await codeFor(someAddress())
  const late = await between(
    open.wire,
    /spend_code_/,
    () => verify(right),
    async () => {
      const { body } = await verify(right)
      expect((await open.call('DELETE', `/customer/${body.userId}`)).status).toBe(204)
    },
  )
  expect([late.status, late.body.code]).toEqual([401, 'invalid_credentials'])
})
