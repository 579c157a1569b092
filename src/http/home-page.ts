import { html, raw } from 'hono/html'
import type { Home } from './home.ts'
import { pageHeaders } from './login-page/page-headers.ts'
import { styleOf } from './login-page/style.ts'

/** The home document as an HTML page, in the style of the login page. */
export async function homePage(home: Home): Promise<Response> {
  const { docs, pages, errors, openapi, health, mail } = home
  const style = styleOf()
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Customer service</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>Customer service</h1>
<p>Customer accounts for commerce. This is the address of its API.</p>
<ul>
<li><a href="${docs}">API reference</a>, to read and to try</li>
<li><a href="${pages}">All pages</a> of the documentation</li>
<li><a href="${errors}">Errors</a>, and what to do</li>
<li><a href="${openapi}">OpenAPI document</a></li>
<li><a href="${health}">Health</a></li>
${mail === undefined ? '' : html`<li><a href="${mail}">Mails</a> that were sent in development</li>`}
</ul>
</main>
</body>
</html>`
  const headers = pageHeaders({ html: '', style, script: null, leadsTo: [], image: null })
  return new Response(String(page), { headers: { ...headers, Vary: 'Accept' } })
}
