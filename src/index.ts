import { tick } from './cron/tick.ts'
import { serve } from './http/serve.ts'
import { receive } from './queue/index.ts'
import { runtimeOf } from './runtime.ts'

export default {
  fetch: serve,
  queue: (batch, env) => receive(batch, runtimeOf(env)),
  scheduled: (controller, env) => tick(controller, runtimeOf(env)),
} satisfies ExportedHandler<Env>
