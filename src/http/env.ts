import type { Context } from '#core/context'
import type { CallerKind } from '#kernel/error'
import type { Runtime } from '../runtime.ts'
import type { RouteKey } from './access.ts'
import type { PageState } from './login-page/page-state.ts'

/** The caller for the log: a configured client (proven or only claimed), or the customer of a valid token. */
type Shown = {
  readonly tenant: string
  readonly client: string
  readonly customerId?: string | undefined
}

/** The environment that Hono passes to every handler. */
export type Env = {
  Bindings: Runtime
  Variables: {
    requestId: string
    ctx: Context
    /** The tenant of the token or of the client, as soon as it is known. */
    tenant: string
    /** The route that answers. */
    route: RouteKey
    shown: Shown
    /** The kind of the token, as soon as it is known. */
    kind: CallerKind
    /** What a refusal shows of the login page. */
    page: PageState
  }
}
