import { type Client, placeOrder } from './place-order.ts'

/** Where this server finds the service, and its own client. */
type Place = { readonly service: string; readonly client: Client }

/** Answers `POST /order` of the page: `{"email":"..."}` of a guest, or the token of a login as `Authorization: Bearer`. */
export async function answerOrder(request: Request, { service, client }: Place): Promise<Response> {
  // A page of another site cannot send JSON here: its browser would ask first, and is not answered.
  if (request.headers.get('content-type') !== 'application/json') {
    return new Response('Send JSON.', { status: 415 })
  }
  const buyer = await buyerOf(request)
  if (buyer === undefined) {
    return new Response('Send an e-mail address, or the token of a login.', { status: 400 })
  }
  try {
    return Response.json({ orderId: await placeOrder(service, client, buyer) }, { status: 201 })
  } catch (error) {
    return new Response(error instanceof Error ? error.message : String(error), { status: 502 })
  }
}

async function buyerOf(request: Request) {
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (token !== undefined) return { token }
  const body = (await request.json().catch(() => null)) as { email?: unknown } | null
  const email = body?.email
  return typeof email === 'string' && email !== '' ? { email } : undefined
}
