import type { TestApp } from './app.ts'
import { sql } from './sql.ts'

export const PASSWORD = 'a quiet river 42'

let people = 0
/** An address nobody had before. */
export const someAddress = (): string => `Shopper${++people}@Example.com`

/** The next addresses are the first ones again: for two shops that are to be alike. */
export function restartPeople(): void {
  people = 0
}

export type Shopper = {
  readonly id: string
  readonly email: string
  readonly password: string
}

/** An account whose owner has proven the address. */
export async function makeShopper(
  app: TestApp,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Shopper> {
  const email = someAddress()
  const { body } = await app.call('POST', '/customer', {
    body: { email, password: PASSWORD, ...input },
  })
  await app.db.run([
    sql`update customer set status = 'active', email_verified_at = created_at, claimed_at = created_at
      where tenant = ${app.tenant} and id = ${body.id}`,
  ])
  return { id: body.id, email, password: PASSWORD }
}

/** A session of a shopper, as the API answers it. */
export async function logIn(app: TestApp, { email, password }: Shopper) {
  const { status, body } = await app.call('POST', '/auth/login', {
    token: await app.storefrontToken(),
    body: { email, password },
  })
  if (status !== 200) throw new Error(`login answered ${status} ${body?.code}`)
  return body
}

/** Makes the proof of all sessions of a shopper too old for what is dangerous. */
export const ageProofs = (app: TestApp, customerId: string) =>
  app.db.run([
    sql`update session set proven_at = proven_at - interval '10 minutes'
      where tenant = ${app.tenant} and customer_id = ${customerId}`,
  ])
