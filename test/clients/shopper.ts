import { inject } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { linkMailedTo } from './mail.ts'

/** A shopper whose address is proven. */
export async function makeShopper() {
  const email = `passkey${Date.now()}@example.com`
  const password = 'correct horse battery'
  const staff = new Commerce({ baseUrl: inject('url'), clientId: 'dev', clientSecret: 'dev' })
  const { id } = await staff.customers.create({ email, password })
  const token = (await linkMailedTo(email)).searchParams.get('token') ?? ''
  await staff.auth.verifyEmail({ token, password })
  return { id, email, password }
}
