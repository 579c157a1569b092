import { inlineMarkdownToHtml, markdownToHtml } from './markdown.ts'

/** The list of all pages, made of `llms.txt`. */
const LIST = 'pages'

/** A page of the service that loads nothing but its style. */
export const wrapInDocsPage = (title: string, content: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Customer service: ${inlineMarkdownToHtml(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/text.css">
  </head>
  <body>
    <nav><a href="/docs">API</a> <a href="/docs/${LIST}">All pages</a></nav>
${content}
  </body>
</html>
`

/** What is shown for a page that does not exist. Cloudflare looks for it under this name, in the nearest folder. */
export const missingPage = {
  file: '404.html',
  text: wrapInDocsPage(
    'no such page',
    '<h1>This page does not exist</h1>\n<p><a href="/docs/pages">All pages</a> lists the documentation. <a href="/docs">API</a> has every route.</p>',
  ),
}

/** A document of the folder `docs` as a page for people, with the name of its file. The errors have a page of their own: null. */
export function documentPage(file: string, text: string): { file: string; text: string } | null {
  if (file === 'errors.md') return null
  const [, title = ''] = /^# (.+)/.exec(text) ?? []
  const isList = file === 'llms.txt'
  return {
    file: `${isList ? LIST : file.replace(/\.md$/, '')}.html`,
    text: wrapInDocsPage(isList ? 'all pages' : title, markdownToHtml(text)),
  }
}
