import { type Context, commit, commitWithoutKey } from '#core/context'
import { HANZO_PROVIDER, type ProvenIdentity } from '#core/identity'
import { enqueueCodeMail } from '#core/login-code'
import {
  beginProviderLogin,
  proveLinkedIdentity,
  proveLinkingByCode,
  readLoginState,
  redeemProviderCallback,
} from '#core/upstream'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp, type TestApp, type TestAppOptions } from './app.ts'
import { openMails } from './mail.ts'
import { type Brought, secretThere, startOidcServer } from './oidc-server.ts'

/** What the login page does with providers, without its page. */
export function loginPage(app: TestApp) {
  const mails = openMails(app)

  /** The context of a browser that a storefront has sent: nobody is logged in yet. */
  function context(): Context {
    const id = `${app.tenant}-storefront`
    const scopes = new Set(['customer:register'] as const)
    const caller = { clientId: id, vouchedBy: null, address: null, place: null, userAgent: null }
    return {
      ...systemContext(app.runtime, app.tenant, 'page'),
      actor: { type: 'storefront', id, scopes, tokenId: null },
      caller,
    }
  }

  /** The provider of a callback. */
  const providerAt = (url: string) =>
    new URL(url).pathname.replace(/^\/oauth\/callback\/?/, '') || HANZO_PROVIDER

  async function finish({ url, parameters }: Brought) {
    const ctx = context()
    const text = parameters.get('state') ?? ''
    const state = readLoginState(ctx.keyring, providerAt(url), text, ctx.now)
    return state === null
      ? null
      : { page: state.page, ...(await redeemProviderCallback(ctx, state, parameters)) }
  }

  /** What the owner of an inbox types. */
  async function codeFor(email: string) {
    await mails.all(email)
    const ctx = context()
    const { handle } = await enqueueCodeMail(ctx, { email }, { allowNew: true, provider: 'social' })
    await app.runtime.send(ctx.outcome.jobs)
    return { email, handle, code: (await mails.next(email)).code }
  }

  return {
    context,
    mails,
    finish,
    codeFor,
    begin: (provider = 'social', more: object = {}) =>
      beginProviderLogin(context(), provider, { page: 'the page', ...more }),
    /** Lets somebody in by an identity. Null: it is linked to nobody. @param meanwhile what happens after the look-up. */
    async enter(identity: ProvenIdentity, meanwhile: () => Promise<unknown> = async () => {}) {
      const ctx = context()
      const login = await proveLinkedIdentity(ctx, identity)
      if (login === null) return null
      await meanwhile()
      await commitWithoutKey(ctx, login.proof)
      return login.customerId
    },
    /** Links an identity to the account of an inbox, or to a new account. */
    async link(identity: ProvenIdentity, typed: Parameters<typeof proveLinkingByCode>[2]) {
      const ctx = context()
      const { customerId, proof } = await proveLinkingByCode(ctx, identity, typed)
      await commit(ctx, proof)
      await app.runtime.send(ctx.outcome.jobs)
      return customerId
    },
  }
}

/** A shop whose shoppers may log in at a stand-in, which it calls "Social". */
export async function startSocialApp({
  more = {},
  ...options
}: TestAppOptions & { readonly more?: object } = {}) {
  const server = await startOidcServer()
  const { url: issuer, clientId: client_id } = server
  const named = { social: { issuer, client_id, label: 'Social', ...more } }
  const providers = { named, secret: secretThere }
  const app = await startTestApp({ ...options, fetch: server.fetch, providers })
  server.state.now = app.runtime.now
  const page = loginPage(app)
  return {
    ...{ app, server, page },
    /** The identity of somebody who logs in there. */
    async prove(sub: string = server.state.person.sub): Promise<ProvenIdentity> {
      server.state.person = { ...server.state.person, sub }
      const finished = await page.finish(server.visit(await page.begin()))
      if (finished?.is !== 'proven') throw new Error('the login failed')
      return finished.identity
    },
  }
}
