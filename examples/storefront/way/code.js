import { text } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { mailToken } from '../mail-link.js'
import { commerce, enter } from '../shop.js'

/** The code is good only with the handle of the request: it outlives the page, and the other tab that a link in the mail opens. */
const read = () => JSON.parse(localStorage.getItem('asked'))

async function use(code) {
  const session = await commerce.auth.loginWithCode({ ...read(), code })
  localStorage.removeItem('asked')
  enter(session)
}

const codeField = {
  name: 'code',
  label: 'Code',
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
}

export function codeForms() {
  const typing = form({ fields: [codeField], button: 'Use the code' }, ({ code }) => use(code))
  typing.hidden = read() === null
  const asking = form(
    { fields: [{ ...email, label: 'Your e-mail' }], button: 'Mail me a code' },
    async ({ email }) => {
      const before = read()
      const handle = before?.email === email ? before.handle : undefined // another code for the same login
      const asked = { email, ...(await commerce.auth.requestCode({ email, handle })) }
      localStorage.setItem('asked', JSON.stringify(asked))
      typing.hidden = false
      return 'If there is an account with this address, check your mail.'
    },
  )
  return [asking, typing]
}

/** After many codes, a mail has a link instead. */
export const linkForm = () =>
  read() === null
    ? text('Open the link in the browser in which you asked for it.')
    : form({ button: 'Log in' }, () => use(mailToken))
