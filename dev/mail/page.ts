import { createHash } from 'node:crypto'
import type { Entry, Mail } from './entry.ts'
import { originWithoutServerSentence } from './origin-without-server.ts'
import { MAIL_PATH, PAUSE_QUERY } from './path.ts'
import { STYLE } from './style.ts'
import { escapeHtml, textToHtml } from './text-to-html.ts'

const REFRESH_SECONDS = 5

/** Nothing of a mail runs, and nothing is loaded from anywhere. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=UTF-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

type Surroundings = {
  readonly isPaused?: boolean
  /** The origins where the links lead. */
  readonly shops?: readonly string[]
  /** Those of them where nothing runs. */
  readonly empty?: readonly string[]
}

/** The page of the mails of a start, the newest first. Without a script it refreshes itself, until the reader pauses it. */
export function mailPage(
  entries: readonly Entry[],
  { isPaused = false, shops = [], empty = [] }: Surroundings = {},
): string {
  const mails = entries.filter(({ kind }) => kind === 'mail').length
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${isPaused ? '' : `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">`}
<title>${mails === 0 ? 'Mails' : `Mails (${mails})`} – customer service</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Mails</h1>
<p class="about">The mails since the service started, the newest first. None leaves this machine.${leadTo(shops)} ${isPaused ? PAUSED : RUNNING}</p>
${empty.map((origin) => `<p class="empty">${escapeHtml(originWithoutServerSentence(origin))}</p>\n`).join('')}${entries.length === 0 ? EMPTY : entries.map(entryToHtml).join('\n')}
</main>
</body>
</html>
`
}

const leadTo = (shops: readonly string[]): string =>
  shops.length === 0 ? '' : ` Their links lead to ${escapeHtml(shops.join(', '))}.`

const RUNNING = `This page refreshes itself every ${REFRESH_SECONDS} seconds. <a class="pace" href="?${PAUSE_QUERY}">Pause</a>`
const PAUSED = `This page is paused. <a class="pace" href="?${PAUSE_QUERY}">Refresh</a> <a class="pace" href="${MAIL_PATH}">Go on</a>`

const EMPTY =
  '<p class="empty">No mail yet. Register a customer with a password at a shop, and the mail is here within seconds.</p>'

const entryToHtml = (entry: Entry): string =>
  entry.kind === 'mail'
    ? mailToHtml(entry)
    : `<p class="held">${timeOf(entry.at)} A mail was not sent, because the limit “${escapeHtml(entry.bound)}” was reached.</p>`

const mailToHtml = ({ at, from, to, subject, text }: Mail): string => `<article>
<h2>${escapeHtml(subject)}</h2>
<p class="way">${timeOf(at)} <span>to <b>${escapeHtml(to)}</b></span> <span>from ${escapeHtml(from)}</span></p>
<div class="text">${textToHtml(text)}</div>
</article>`

/** The time of day where the service runs, which is where the browser is. */
const timeOf = (at: Date): string =>
  `<time datetime="${at.toISOString()}">${at.toTimeString().slice(0, 8)}</time>`
