import { serve } from './http/serve.ts'
import { runtimeOf } from './isolate.ts'

export default {
  fetch: serve,
  async queue(batch, env) {
    const { receive } = await import('./queue/index.ts')
    await receive(batch, runtimeOf(env))
  },
  async scheduled(controller, env) {
    const { tick } = await import('./cron/tick.ts')
    await tick(controller, runtimeOf(env))
  },
} satisfies ExportedHandler<Env>
