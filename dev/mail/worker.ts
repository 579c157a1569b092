import service from '../../src/index.ts'
import { MAIL_PATH } from './path.ts'

type Given = Env & { readonly MAIL_PAGE: string }

/**
 * The Worker of `npm start`: the service, and beside it the way to the page of its mails. Production has `src/index.ts` alone, which knows
 * nothing of it. The service goes first: what it refuses, such as another host, is refused here too.
 */
export default {
  ...service,
  async fetch(request, env, execution) {
    const answer = await service.fetch(request, env, execution)
    if (answer.status !== 404 || new URL(request.url).pathname !== MAIL_PATH) return answer
    return new Response(null, { status: 302, headers: { Location: env.MAIL_PAGE } })
  },
} satisfies ExportedHandler<Given>
