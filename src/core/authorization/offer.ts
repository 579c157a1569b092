import type { Settings } from '#core/context'
import type { Client } from '#core/identity'

/** Whether a client may send shoppers to the login page. The shoppers of a tenant at another provider log in there. */
export const offersCodes = ({ identity }: Settings, { redirectUris }: Client): boolean =>
  identity === 'embedded' && redirectUris.length > 0
