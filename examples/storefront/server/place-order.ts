import { randomUUID } from 'node:crypto'
import { Commerce } from '../../../src/sdk/index.ts' // '@hanzo/commerce' in a shop

/** A client with the scopes `customer:write` and `order:write`. Its secret stays on the server. */
export type Client = { readonly id: string; readonly secret: string }

/** Who buys: a shopper with the token of a login, or a guest with an e-mail address. */
type Buyer = { readonly token: string } | { readonly email: string }

/**
 * What a shop's own server does at the end of a checkout: it takes the payment, which is left out here, and records the order. The price
 * is the server's own, never one that a browser sent.
 */
export async function placeOrder(service: string, client: Client, buyer: Buyer): Promise<string> {
  const commerce = new Commerce({
    baseUrl: service,
    clientId: client.id,
    clientSecret: client.secret,
  })
  const orderId = `demo-${randomUUID()}`
  await commerce.customers.recordOrder(await customerOf(service, commerce, buyer), orderId, {
    total: 2500, // minor units
    currency: 'USD',
    state: 'paid',
    placedAt: new Date().toISOString(),
    version: 1,
  })
  return orderId
}

/** The id of the shopper, or of the guest. It becomes part of the account when the owner of the address proves the inbox. */
async function customerOf(service: string, commerce: Commerce, buyer: Buyer): Promise<string> {
  if ('email' in buyer) return (await commerce.customers.guest({ email: buyer.email })).id
  const shopper = new Commerce({ baseUrl: service })
  shopper.setToken(buyer.token)
  return (await shopper.auth.me()).id
}
