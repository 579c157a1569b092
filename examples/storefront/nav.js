import { link, make } from './element.js'
import { commerce, go } from './shop.js'
import { setWaiting } from './waiting.js'

/** The links of the header, by who is logged in. */
export function showNav() {
  const nav = document.getElementById('nav')
  const links =
    commerce.session === null
      ? [link('/login', 'Log in'), link('/register', 'Register')]
      : [link('/account', 'Account'), logoutButton()]
  for (const one of links) if (one.pathname === location.pathname) one.ariaCurrent = 'page'
  nav.replaceChildren(...links)
}

function logoutButton() {
  const button = make('button', { type: 'button', class: 'plain' }, 'Log out')
  button.addEventListener('click', async () => {
    setWaiting(button, true)
    // This browser forgets the session even if the service does not answer.
    await commerce.auth.logout().catch(() => undefined)
    go('/')
  })
  return button
}

/** The session has ended: nobody is logged in from now on. */
export function leave() {
  commerce.setToken('')
  showNav()
}
