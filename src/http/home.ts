import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { Env } from './env.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const Home = z
  .strictObject({
    name: z.literal('Customer service'),
    docs: z.string().meta({ description: 'The API, to read and to try' }),
    pages: z.string().meta({ description: 'All pages of the documentation' }),
    errors: z.string().meta({ description: 'Every refusal, and what to do' }),
    llms: z.string().meta({ description: 'The same pages for programs (llmstxt.org)' }),
    openapi: z.string(),
    health: z.string(),
    tokenEndpoint: z.string(),
    mail: z
      .string()
      .optional()
      .meta({ description: 'In development (`npm start`): the sent mails' }),
  })
  .meta({ id: 'Home' })
export type Home = z.output<typeof Home>

const homeOf = ({ publicUrl, development }: Env['Bindings']['config']): Home => ({
  name: 'Customer service',
  docs: `${publicUrl}/docs`,
  pages: `${publicUrl}/docs/pages`,
  errors: `${publicUrl}/docs/errors`,
  llms: `${publicUrl}/docs/llms.txt`,
  openapi: `${publicUrl}/openapi.json`,
  health: `${publicUrl}/readyz`,
  tokenEndpoint: `${publicUrl}/oauth/token`,
  ...(development && { mail: `${publicUrl}/dev/mail` }),
})

/** Whether a person asks with a browser. A program that takes anything gets JSON. */
const isBrowser = (c: HonoContext<Env>): boolean =>
  /\btext\/html\b/.test(c.req.header('Accept') ?? '')

const described = openapiJsonAnswer(Home, 'The addresses of the parts; a browser gets a page')

export const homeRoutes: NounRoutes = newNounRoutes().openapi(
  route('GET /', {
    tags: ['Documentation'],
    summary: 'List the addresses of the service, its API and its documentation',
    responses: {
      200: { ...described, content: { ...described.content, 'text/html': { schema: z.string() } } },
    },
  }),
  async (c) => {
    c.header('Vary', 'Accept')
    const home = homeOf(c.env.config)
    if (!isBrowser(c)) return c.json(home, 200)
    const { homePage } = await import('./home-page.ts')
    return homePage(home)
  },
)
