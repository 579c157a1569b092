import type { Context } from '#core/context'
import { beginProviderLogin } from '#core/upstream'
import { type OpenLoginPage, sealLoginPage } from './open-login-page.ts'

type Wishes = Omit<Parameters<typeof beginProviderLogin>[2], 'page'>

/** Begins a login at a provider, and returns its URL. The provider's answer leads back to this page. Refuses as `beginProviderLogin` does. */
export const leaveForProvider = (
  ctx: Context,
  page: OpenLoginPage,
  provider: string,
  wishes: Wishes = {},
): Promise<string> =>
  beginProviderLogin(ctx, provider, { ...wishes, page: sealLoginPage(ctx.keyring, page, ctx.now) })
