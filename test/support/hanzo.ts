import { startTestApp, type TestAppOptions } from './app.ts'
import { application, startHanzoServer } from './hanzo-server.ts'
import { openMails } from './mail.ts'
import { someAddress } from './shopper.ts'

/** No spaces, for one generation takes none. */
export const PASSWORD = 'aquietriver42'

/** The whole service with its people at a stand-in for Hanzo ID. */
export async function startHanzoApp({
  api = 'iam' as 'iam' | 'casdoor',
  settings = {},
  ...options
}: TestAppOptions & { readonly api?: 'iam' | 'casdoor' } = {}) {
  const hanzo = await startHanzoServer({ api })
  const app = await startTestApp({
    ...options,
    development: true,
    fetch: hanzo.fetch,
    settings: {
      ...{ identity: 'hanzo', hanzo_issuer: hanzo.url, hanzo_api: api },
      hanzo_password_grant: true,
      ...settings,
    },
    hanzo: { ...application, service: 'shop-backend' },
  })
  hanzo.state.now = app.runtime.now
  const mails = openMails(app)
  const ask = async (method: string, path: string, body?: unknown, token?: string) =>
    app.call(method, path, {
      token: token ?? (await app.storefrontToken()),
      ...(body === undefined ? {} : { body }),
    })
  return {
    ...app,
    app,
    hanzo,
    inbox: mails,
    ask,
    /** An account whose owner registered in a storefront and has proven the address. */
    async makeShopper(email: string = someAddress(), password = PASSWORD) {
      await ask('POST', '/customer', { email, password })
      const { token } = await mails.next(email)
      const { status, body } = await ask('POST', '/auth/verify-email', { token, password })
      if (status !== 200) throw new Error(`verification answered ${status} ${body?.code}`)
      return { id: body.userId as string, email, password, session: body }
    },
    logIn: (email: string, password = PASSWORD) => ask('POST', '/auth/login', { email, password }),
    me: (token: string) => app.call('GET', '/auth/me', { token }),
  }
}
