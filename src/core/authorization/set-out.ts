import type { Context } from '#core/context'
import { beginLogin } from '#core/upstream'
import { type OpenPage, sealPage } from './open-page.ts'

type Wishes = Omit<Parameters<typeof beginLogin>[2], 'page'>

/** The URL of a provider at which a shopper logs in. Its answer leads back to this page. Refuses as `beginLogin` does. */
export const setOut = (
  ctx: Context,
  page: OpenPage,
  provider: string,
  wishes: Wishes = {},
): Promise<string> =>
  beginLogin(ctx, provider, { ...wishes, page: sealPage(ctx.keyring, page, ctx.now) })
