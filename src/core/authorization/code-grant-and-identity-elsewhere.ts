import type { Settings } from '#core/context'
import type { Client } from '#core/identity'

/** Whether a client may use the authorization code grant: it has a redirect URI. */
export const mayUseCodeGrant = ({ redirectUris }: Client): boolean => redirectUris.length > 0

/** Whether shoppers are sent on at once: the provider of their accounts has a login page of its own. */
export const isIdentityElsewhere = ({ identity }: Pick<Settings, 'identity'>): boolean =>
  identity !== 'embedded'
