import { groupsIn, isTokenRefused, type Shop } from './token-groups.ts'

const FULL = 2500 // minor units
const factors = Object.entries({ wholesale: 0.7, vip: 0.9 }) // the first that fits

export default {
  async fetch(request: Request, shop: Shop): Promise<Response> {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.get('Authorization') ?? '') ?? []
    try {
      const groups = token === undefined ? [] : await groupsIn(token, shop)
      const [group = null, factor = 1] = factors.find(([key]) => groups.includes(key)) ?? []
      return Response.json({ price: Math.round(FULL * factor), group })
    } catch (error) {
      return Response.json({ error: String(error) }, { status: isTokenRefused(error) ? 401 : 503 })
    }
  },
}
