import { describe, expect, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { answers, refuses, scripted } from './script.ts'

const sessionOf = (name: string, n = 1) => ({
  accessToken: `access-${name}-${n}`,
  refreshToken: `refresh-${name}-${n}`,
  userId: `cust_${name}`,
})
const next = sessionOf('ann', 2)
const renewed = answers(200, next)

/** What happens on the page while the answer is on its way, and the session that is set afterwards. */
const meanwhile: Readonly<Record<string, [(commerce: Commerce) => unknown, string | undefined]>> = {
  nothing: [() => undefined, 'access-ann-2'],
  'a logout by the page': [(commerce) => commerce.setToken(''), undefined],
  'another shopper': [(commerce) => commerce.setToken(sessionOf('bob')), 'access-bob-1'],
}

describe('a session that is renewed by a proof', () => {
  test.each(Object.entries(meanwhile))('with %s meanwhile', async (_, [happens, token]) => {
    const { commerce } = scripted([renewed])
    commerce.setToken(sessionOf('ann'))
    const asked = commerce.auth.reauthenticate({ password: 'correct horse battery' })
    happens(commerce)
    expect((await asked).accessToken).toBe('access-ann-2')
    expect(commerce.session?.accessToken).toBe(token)
  })

  test('is set although another call has found meanwhile that the one before has ended', async () => {
    const held = Promise.withResolvers<void>()
    const steps = [refuses(401, 'invalid_token'), refuses(401, 'session_ended')]
    const commerce = new Commerce({
      baseUrl: 'https://customer.test',
      token: 't',
      fetch: async (url) => {
        if (!url.endsWith('/auth/reauthenticate')) return (steps.shift() ?? renewed)()
        await held.promise
        return renewed()
      },
    })
    commerce.setToken(sessionOf('ann'))
    const asked = commerce.auth.reauthenticate({ password: 'correct horse battery' })
    await expect(commerce.customers.me()).rejects.toMatchObject({ code: 'session_ended' })
    expect(commerce.session).toBeNull()
    held.resolve()
    await asked
    expect(commerce.session?.accessToken).toBe('access-ann-2')
  })

  test('is not set if the proof is refused', async () => {
    const { commerce } = scripted([refuses(401, 'invalid_credentials')])
    commerce.setToken(sessionOf('ann'))
    const asked = commerce.auth.reauthenticate({ password: 'wrong' })
    await expect(asked).rejects.toMatchObject({ code: 'invalid_credentials' })
    expect(commerce.session?.accessToken).toBe('access-ann-1')
  })
})
