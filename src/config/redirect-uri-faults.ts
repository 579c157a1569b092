import { isLoopback } from '#kernel/host'
import { isPublicHttpsUrl } from './https-url.ts'

type Client = {
  readonly scopes: readonly string[]
  readonly redirect_uris: readonly string[]
  readonly public: boolean
}
type Tenants = Readonly<Record<string, { readonly clients: Readonly<Record<string, Client>> }>>

/**
 * The faults in the redirect URIs of clients. Loopback URIs are for clients without a secret (RFC 8252, 7.3). `localhost` may lead elsewhere (8.3), so it is for development, where each client may be at this machine.
 */
export const redirectFaults = (tenants: Tenants, development: boolean): string[] =>
  Object.entries(tenants).flatMap(([tenant, { clients }]) =>
    Object.entries(clients).flatMap(([id, client]) =>
      client.redirect_uris.flatMap((uri, n) => {
        const fault = faultOf(new URL(uri), client, development)
        return fault === null
          ? []
          : [`tenants.${tenant}.clients.${id}.redirect_uris.${n}: ${fault}`]
      }),
    ),
  )

function faultOf({ href, protocol, hostname }: URL, client: Client, development: boolean) {
  if (development && isLoopback(hostname)) return null
  if (isAtDevice({ protocol, hostname })) {
    return isPublic(client) ? null : 'only a public client may be at 127.0.0.1 or [::1]'
  }
  if (development && protocol === 'https:') return null
  return isPublicHttpsUrl(href) ? null : 'must be https at a public host name'
}

const isAtDevice = ({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>) =>
  protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]')

const isPublic = (client: Client) => client.public || client.scopes.includes('customer:register')
