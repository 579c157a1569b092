import { link, make, text } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { mailToken } from '../mail-link.js'
import { commerce, enter } from '../shop.js'

const TEN_MINUTES = 600_000

/** The code is good only with the handle of the request: it outlives the page, and the other tab that a link in the mail opens. */
const read = () => JSON.parse(localStorage.getItem('asked'))
const forget = () => localStorage.removeItem('asked')

/** Asks for a code. With the handle of an earlier request it is another code for the same login. */
async function ask(email, handle) {
  const answer = await commerce.auth.requestCode({ email, handle })
  localStorage.setItem('asked', JSON.stringify({ email, handle: answer.handle, at: Date.now() }))
}

async function use(code) {
  const { email, handle } = read()
  const session = await commerce.auth.loginWithCode({ email, handle, code })
  forget()
  enter(session)
}

/** Asks for an address, and then for the code that was mailed to it. */
export function codeForms() {
  const place = make('div')
  const show = () => {
    const asked = read()
    const isFresh = asked !== null && Date.now() - asked.at < TEN_MINUTES
    place.replaceChildren(...(isFresh ? typing(asked, startOver) : [asking(showAndGo)]))
  }
  const showAndGo = () => {
    show()
    place.querySelector('input').focus()
  }
  const startOver = () => {
    forget()
    showAndGo()
  }
  show()
  return place
}

const asking = (next) =>
  form(
    { fields: [{ ...email, label: 'Your e-mail' }], button: 'Mail me a code' },
    async ({ email }) => {
      await ask(email)
      next()
    },
  )

function typing({ email, handle }, startOver) {
  const other = make('button', { type: 'button', class: 'plain' }, 'Use another address')
  other.addEventListener('click', startOver)
  return [
    form({ fields: [codeField(email)], button: 'Use the code', says: wrongCode }, ({ code }) =>
      use(code.trim()),
    ),
    make(
      'div',
      { class: 'line' },
      form({ button: 'Mail me a new code', isPlain: true }, async () => {
        await ask(email, handle)
        return 'Look at the newest mail. If none comes, ask again after half a minute.'
      }),
      other,
    ),
  ]
}

const codeField = (email) => ({
  name: 'code',
  label: 'Code',
  hint: `For ${email}: if there is an account, check your mail. It has six digits, or a link in their place.`,
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
  pattern: '\\s*[0-9]{6}\\s*',
  title: 'Six digits',
})

const wrongCode = {
  invalid_credentials: 'That code is wrong or no longer valid. Check it, or ask for a new one.',
}

/** After many codes, a mail has a link instead. */
export const linkForm = () =>
  read() === null
    ? text(
        'Open the link in the browser in which you asked for it. Or ',
        link('/login', 'log in another way'),
        '.',
      )
    : form({ button: 'Log in', says: usedLink }, () => use(mailToken))

const usedLink = {
  invalid_credentials: () => [
    'This link has been used or is too old. ',
    link('/login', 'Ask for a new one, or log in another way'),
    '.',
  ],
}
