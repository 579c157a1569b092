import service from '../../src/index.ts'
import { withStorefrontOrigin } from './storefront-origin.ts'

type Given = Env & { readonly EXAMPLE_SHOP?: string }

/** The service caches its runtime per `env` object, so each `env` gets one changed copy. */
const placed = new WeakMap<Given, Env>()

function place(env: Given): Env {
  const { EXAMPLE_SHOP: origin } = env
  if (origin === undefined) return env
  const known = placed.get(env)
  if (known !== undefined) return known
  const made = Object.assign({ ...env }, { tenants: withStorefrontOrigin(env.tenants, origin) })
  placed.set(env, made)
  return made
}

/** The Worker of `npm start`: the service, with the example storefront where it is served. Production has `src/index.ts` alone. */
export default {
  fetch: (request, env, execution) => service.fetch(request, place(env), execution),
  queue: (batch, env) => service.queue(batch, place(env)),
  scheduled: (controller, env) => service.scheduled(controller, place(env)),
} satisfies ExportedHandler<Given>
