import { link, make, pageFault, text } from './element.js'
import { leave, showNav } from './nav.js'
import { plain } from './plain.js'
import { settings } from './settings.js'
import { who } from './shop.js'

/** The pages by their paths. Those from `/login` on are where the links of mails lead. */
const pages = {
  '/': () => import('./page/shop.js'),
  '/checkout': () => import('./page/checkout.js'),
  '/register': () => import('./page/register.js'),
  '/forgot-password': () => import('./page/forgot-password.js'),
  '/account': () => import('./page/account.js'),
  '/callback': () => import('./page/callback.js'),
  '/login': () => import('./page/login.js'),
  '/verify-email': () => import('./page/verify-email.js'),
  '/reset-password': () => import('./page/reset-password.js'),
  '/confirm-email': () => import('./page/confirm-email.js'),
  '/undo-email': () => import('./page/undo-email.js'),
  '/confirm-consent': () => import('./page/confirm-consent.js'),
}
const missing = {
  title: 'There is no such page',
  parts: () => [text(link('/', 'Go to the shop'))],
}

/** Milliseconds after which a page says that it waits. */
const PATIENCE = 100

let shown
let turn = 0

document.getElementById('mails').href = `${settings.service}/dev/mail`

async function show() {
  shown = who()
  const own = ++turn
  const main = document.getElementById('main')
  const late = setTimeout(() => main.replaceChildren(waiting()), PATIENCE)
  showNav()
  const { title, parts } = (await pages[location.pathname]?.()) ?? missing
  document.title = `${title}, Demo Shop`
  const content = await partsOf(parts)
  clearTimeout(late)
  if (own === turn) main.replaceChildren(make('h1', {}, title), ...content)
}

/** What a page shows until the service has answered. */
const waiting = () => make('p', { role: 'status' }, 'One moment…')

async function partsOf(parts) {
  try {
    return await parts()
  } catch (error) {
    if (error?.code === 'session_ended') leave()
    return [pageFault(plain(error))]
  }
}

/** Another tab has logged in or out, or the browser shows a page that it kept. */
const look = () => who() !== shown && show()
addEventListener('storage', look)
addEventListener('pageshow', look)
await show()
