import type { Context } from '#core/context'
import { HANZO } from '#core/identity'

/** Where a provider sends its answers. Each has a place of its own, so that none can answer for another one (RFC 9700, 4.4). */
export const callbackUrl = ({ deployment }: Pick<Context, 'deployment'>, provider: string) =>
  `${deployment.publicUrl}/oauth/callback${provider === HANZO ? '' : `/${provider}`}`
