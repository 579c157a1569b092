import type { Settings } from '#core/context'
import type { Client } from '#core/identity'

/** Whether a client may send shoppers here to log in. */
export const offersCodes = ({ redirectUris }: Client): boolean => redirectUris.length > 0

/** Whether shoppers are sent on at once: the provider of their accounts has a login page of its own. */
export const isElsewhere = ({ identity }: Pick<Settings, 'identity'>): boolean =>
  identity !== 'embedded'
