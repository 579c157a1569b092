import { createApp } from './http/app.ts'
import { runtimeOf } from './runtime.ts'

const app = createApp()

export default {
  fetch: (request, env, execution) => app.fetch(request, runtimeOf(env), execution),
} satisfies ExportedHandler<Env>
