import type { Context } from '#core/context'
import type { Runtime } from '../runtime.ts'

/** The environment that Hono passes to every handler. */
export type Env = {
  Bindings: Runtime
  Variables: {
    requestId: string
    ctx: Context
    /** That of the token or the client, as soon as it is known. */
    tenant: string
  }
}
