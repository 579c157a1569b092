const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** An address of the web, without the point or bracket behind it. */
const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/
const CODE = /^\d{6}$/

/** A mail's text as HTML: its links to click on, its code to copy, and nothing else of it is markup. */
export const textToHtml = (text: string): string => text.split('\n').map(lineToHtml).join('\n')

const lineToHtml = (line: string): string =>
  CODE.test(line)
    ? `<strong>${line}</strong>`
    : line
        .split(ADDRESS)
        .map((part) => (ADDRESS.test(part) && URL.canParse(part) ? linkTo(part) : escapeHtml(part)))
        .join('')

const linkTo = (url: string): string =>
  `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${escapeHtml(url)}</a>`
