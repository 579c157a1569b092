import { link, text } from './element.js'

/** In place of a form that nobody needs who is logged in. */
export const alreadyIn = () =>
  text('You are logged in. ', link('/account', 'Go to your account'), '.')
