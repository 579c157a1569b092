import type { Context } from '#core/context'
import { HANZO_PROVIDER } from '#core/identity'

/** Where a provider sends its answers. Each provider has its own URL, so that no provider can answer for another one (RFC 9700, 4.4). */
export const callbackUrl = ({ deployment }: Pick<Context, 'deployment'>, provider: string) =>
  `${deployment.publicUrl}/oauth/callback${provider === HANZO_PROVIDER ? '' : `/${provider}`}`
