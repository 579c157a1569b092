import type { Context } from '#core/context'
import type { Runtime } from '../runtime.ts'

/** What Hono hands to every handler. */
export type Env = {
  Bindings: Runtime
  Variables: {
    requestId: string
    ctx: Context
  }
}
