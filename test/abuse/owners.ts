import { expect } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { PASSWORD } from '../support/shopper.ts'
import { asFrom, type Random } from './strangers.ts'

type Inbox = { readonly newest: (email: string) => string | undefined }

/** A person who behaves normally: knows the password, mistypes it now and then, and reads the mails. */
export type Owner = {
  readonly email: string
  readonly place: string
  password: string
  /** Null: the shop's page keeps none. */
  deviceToken: string | null
  readonly keepsDevice: boolean
  /** When a reset opened the place; milliseconds since 1970. */
  resetAt: number
}

const MINUTE = 60_000

export function ownersIn(app: TestApp, random: Random, read: () => Promise<Inbox>) {
  const post = asFrom(app)
  let passwords = 0

  async function logIn(owner: Owner): Promise<number> {
    const device = owner.deviceToken === null ? {} : { deviceToken: owner.deviceToken }
    const { email, password } = owner
    const answer = await post(owner.place, '/auth/login', { email, password, ...device })
    if (answer.status !== 200) return answer.status
    if (owner.keepsDevice) owner.deviceToken = answer.body.deviceToken
    return 200
  }

  /** Asks for a mail once, or once more a minute later; the newest mail in the inbox must have a link that works. */
  async function reset(owner: Owner): Promise<void> {
    const { email, place } = owner
    const device = owner.deviceToken === null ? {} : { deviceToken: owner.deviceToken }
    await post(place, '/auth/password/forgot', { email, ...device })
    const password = `of the owner ${++passwords} it is`
    const token = (await read()).newest(email)
    const { status } = await post(place, '/auth/password/reset', { token, password })
    expect(status, `${email} resets with the newest mail`).toBe(204)
    owner.password = password
    owner.resetAt = app.runtime.now().getTime()
    // A reset voids the devices, and opens the login for this place.
    owner.deviceToken = null
    expect(await logIn(owner), `${email} logs in after the reset`).toBe(200)
  }

  return {
    /** Comes to the shop: logs in, after a typo perhaps. Whoever is kept out resets the password, and is in. */
    async visit(owner: Owner): Promise<'in' | 'reset'> {
      if (random() < 0.3) {
        const { email } = owner
        const device = owner.deviceToken === null ? {} : { deviceToken: owner.deviceToken }
        await post(owner.place, '/auth/login', { email, password: 'a typo', ...device })
      }
      const status = await logIn(owner)
      if (status === 200) return 'in'
      expect(status).toBe(429)
      expect(owner.deviceToken, 'a device that has logged in is never held back').toBeNull()
      await reset(owner)
      return 'reset'
    },
    reset,
    /** Registers for the first time and opens the newest mail; while a bound of the shop is reached, the mail waits for the next hour. */
    async join(email: string, place: string): Promise<'at once' | 'later'> {
      for (let hour = 0; hour < 3; hour++) {
        await post(place, '/customer', { email, password: PASSWORD })
        const token = (await read()).newest(email)
        const { status } = await post(place, '/auth/verify-email', { token, password: PASSWORD })
        if (status === 200) return hour === 0 ? 'at once' : 'later'
        app.advance(60 * MINUTE)
      }
      throw new Error(`${email} could not join`)
    },
    async checkOut(email: string, place: string): Promise<void> {
      const { status } = await post(place, '/customer/guest', { email })
      expect(status, 'a checkout from an own place').toBe(202)
    },
  }
}
