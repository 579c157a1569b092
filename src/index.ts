import { serve } from './http/serve.ts'
import { cachedRuntime } from './make-runtime.ts'

export default {
  fetch: serve,
  async queue(batch, env) {
    const { receive } = await import('./queue/index.ts')
    await receive(batch, cachedRuntime(env))
  },
  async scheduled(controller, env) {
    const { runDueTasks } = await import('./cron/run-due-tasks.ts')
    await runDueTasks(controller, cachedRuntime(env))
  },
} satisfies ExportedHandler<Env>
